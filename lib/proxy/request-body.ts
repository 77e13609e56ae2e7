import type { Readable } from 'node:stream';
import { limitedBody } from './body-limit.ts';
import { ClientGoneError } from './client-gone.ts';
import { isOwnAnswer, type OwnAnswer, refuse } from './errors.ts';
import type { Destination, ForwardPlan, Route } from './forward-plan.ts';
import { readModel } from './json-model.ts';
import { readModelField } from './multipart-model.ts';
import type { ProxySettings } from './settings.ts';

/** What goes upstream as the body: nothing, the whole, or a stream. */
export type UpstreamBody = null | Buffer | Readable;

/** A request that was judged to its end. */
export type OpenedRequest = { destination: Destination; body: UpstreamBody };

/** What a client is told that names no model where only the body can. */
export const MODEL_WANTED = 'The body must name a `model`, such as "openai/gpt-5".';

/**
 * Judges a request's body and opens it for the upstream. JSON is read whole, because its `model` must be the path's, or
 * says where it goes; anything else streams. A body that begins with `{` is JSON whatever its `Content-Type` says,
 * since upstreams exist that do not look at that header.
 *
 * @param source not read before, and read no further than needed when the answer is a refusal.
 * @throws ClientGoneError when the client goes before that much has arrived.
 */
export async function openRequest(
  { body, route }: ForwardPlan,
  source: Readable,
  settings: ProxySettings,
): Promise<OwnAnswer | OpenedRequest> {
  if (route.by === 'model') return openByModel(route, body.json, source, settings);
  const { destination, models } = route;
  if (!body.present) return { destination, body: null };
  if (models === null) return { destination, body: limitedBody(source, [], settings.MAX_BODY_BYTES) };
  const head = await readHead(source, body.json, settings.MAX_JSON_BODY_BYTES);
  switch (head.kind) {
    case 'other':
      return { destination, body: limitedBody(source, head.chunks, settings.MAX_BODY_BYTES) };
    case 'json':
      return checkModel(Buffer.concat(head.chunks), models) ?? { destination, body: Buffer.concat(head.chunks) };
    case 'blank':
      return { destination, body: Buffer.concat(head.chunks) };
    case 'too_large':
      return refuse('request_too_large');
  }
}

/** Null when the body names no model, or one of `models`. */
function checkModel(body: Buffer, models: readonly string[]): OwnAnswer | null {
  const found = readModel(body);
  if (found.kind === 'ambiguous') return refuse('invalid_request', found.reason);
  if (found.kind === 'absent') return null;
  return typeof found.model === 'string' && models.includes(found.model) ? null : refuse('model_mismatch');
}

/** Forms, too, are read whole here: their `model` may follow the file. */
async function openByModel(
  { boundary, choose }: Extract<Route, { by: 'model' }>,
  json: boolean,
  source: Readable,
  { MAX_JSON_BODY_BYTES }: ProxySettings,
): Promise<OwnAnswer | OpenedRequest> {
  const head = await readHead(source, json || boundary !== null, MAX_JSON_BODY_BYTES);
  if (head.kind === 'too_large') return refuse('request_too_large');
  if (head.kind !== 'json') return refuse('invalid_request', MODEL_WANTED);
  const body = Buffer.concat(head.chunks);
  const found = boundary === null ? readModel(body) : readModelField(body, boundary);
  if (found.kind === 'ambiguous') return refuse('invalid_request', found.reason);
  if (found.kind === 'absent' || typeof found.model !== 'string') return refuse('invalid_request', MODEL_WANTED);
  const chosen = choose(found.model);
  if (isOwnAnswer(chosen)) return chosen;
  const destination = { ...chosen, headers: withoutLength(chosen.headers) };
  return { destination, body: found.replace(chosen.model) };
}

/** The client's length is that of another body; the HTTP client sets the right one. */
function withoutLength(headers: readonly string[]): string[] {
  return headers.filter((_, index) => headers[index - (index % 2)]?.toLowerCase() !== 'content-length');
}

/** `json` (or what is to be read whole like it) and `blank` are whole, of `other` only the beginning was read. */
type BodyHead = { kind: 'json' | 'blank' | 'other' | 'too_large'; chunks: Buffer[] };

function readHead(source: Readable, declaredJson: boolean, limitBytes: number): Promise<BodyHead> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let json = declaredJson;
    const settle = (kind: BodyHead['kind']) => {
      source.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone).pause();
      resolve({ kind, chunks });
    };
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      const looks = json ? 'json' : lookOf(size < MARK_BYTES * 2 ? Buffer.concat(chunks) : chunk);
      if (looks === 'json') json = true;
      if (looks === 'other') settle('other');
      else if (size > limitBytes) settle('too_large');
    };
    const onEnd = () => settle(json && size > 0 ? 'json' : 'blank');
    const onGone = (cause?: Error) => reject(new ClientGoneError(undefined, { cause }));
    source.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}

const BRACE = 0x7b;
const SPACE = 0x20;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** `{` behind the byte order marks of UTF-16: some upstreams read that as JSON. It is refused then as not UTF-8. */
const UTF_16_OBJECTS = ['fffe7b00', 'feff007b'];
const MARK_BYTES = 4;

/** What a body's beginning looks like; undefined: too little has come. */
function lookOf(beginning: Buffer): 'json' | 'other' | undefined {
  const first = beginning.find((byte) => byte > SPACE && !BYTE_ORDER_MARK.includes(byte));
  if (first === undefined || first === BRACE) return first && 'json';
  if (first < 0xfe) return 'other';
  if (beginning.length < MARK_BYTES) return undefined;
  return UTF_16_OBJECTS.includes(beginning.toString('hex', 0, MARK_BYTES)) ? 'json' : 'other';
}
