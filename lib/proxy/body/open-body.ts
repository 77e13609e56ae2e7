import { Readable } from 'node:stream';
import { isOwnAnswer, type OwnAnswer, refuse } from '../errors.ts';
import { type Eventually, whenThere } from '../eventually.ts';
import type { Destination, ForwardPlan, Route } from '../route/route.ts';
import type { ProxySettings } from '../settings.ts';
import type { BodyFacts } from './body-facts.ts';
import { limitedBody } from './body-limit.ts';
import { FormCheck } from './form-check.ts';
import { JsonModelScanner, type ModelInBody } from './json-model.ts';
import type { Share } from './kept-bytes.ts';
import { FormModelScanner } from './multipart-model.ts';
import { type BodyHead, readHead } from './read-body.ts';

/** What goes upstream as the body: nothing, the whole, or as a stream. */
export type UpstreamBody = null | Buffer | Readable;

/** A request that was judged to its end. */
export type OpenedRequest = { destination: Destination; body: UpstreamBody };

/** What a client is told that names no model where only the body can. */
export const MODEL_WANTED = 'The body must name a `model`, such as "openai/gpt-5".';

/** A larger body is given away piece by piece: undici keeps what it was given until the answer has ended. */
const KEPT_WHOLE_BYTES = 64 * 1024;

/**
 * Judges a request's body and opens it for the upstream. JSON is read whole, because its `model` must be the path's, or
 * says where it goes; anything else streams. A body that begins with `{` is JSON whatever its `Content-Type` says,
 * since upstreams exist that do not look at that header.
 *
 * @param source not read before, and read no further than needed when the answer is a refusal.
 * @param share to be closed when the request is over.
 * @throws ClientGoneError when the client goes before that much has arrived.
 */
export function openRequest(
  { body, route }: ForwardPlan,
  source: Readable,
  settings: ProxySettings,
  share: Share,
): Eventually<OwnAnswer | OpenedRequest> {
  if (route.by === 'model') return openByModel(route, body, source, settings, share);
  const { destination, models } = route;
  if (!body.present) return { destination, body: null };
  if (models === null) return { destination, body: limitedBody(source, [], settings.MAX_BODY_BYTES) };
  if (body.boundary !== null) {
    return openForm(destination, new FormCheck(body.boundary, models), body, source, settings, share);
  }
  const limits = { saidBytes: body.length, maxBytes: settings.MAX_JSON_BODY_BYTES, share };
  const reading = readHead(source, new JsonModelScanner(), body.json ? always : looksLikeJson, limits);
  return whenThere(reading, (head) => {
    switch (head.kind) {
      case 'own_answer':
        return head;
      case 'other':
        return { destination, body: limitedBody(source, head.chunks, settings.MAX_BODY_BYTES) };
      case 'blank':
        return { destination, body: Buffer.concat(head.chunks) };
      case 'scanned':
        return refuseModel(head.found, models) ?? sendWhole(destination, head.chunks, body.length, share);
    }
  });
}

/** A form streams, and is checked as it passes: it may hold a large file. */
function openForm(
  destination: Destination,
  form: FormCheck,
  body: BodyFacts,
  source: Readable,
  { MAX_BODY_BYTES }: ProxySettings,
  share: Share,
): Eventually<OwnAnswer | OpenedRequest> {
  const limits = { saidBytes: body.length, maxBytes: MAX_BODY_BYTES, share };
  return whenThere<BodyHead, OwnAnswer | OpenedRequest>(readHead(source, form, always, limits), (head) => {
    if (isOwnAnswer(head)) return head;
    const refusal = form.isSmall ? form.end() : form.refusal();
    if (refusal) return refusal;
    if (form.isSmall) return sendWhole(destination, head.chunks, body.length, share);
    share.close();
    return { destination, body: limitedBody(source, head.chunks, MAX_BODY_BYTES, form) };
  });
}

/** Null when the body names no model, or one of `models`. */
function refuseModel(found: ModelInBody, models: readonly string[]): OwnAnswer | null {
  if (found.kind === 'ambiguous') return refuse('invalid_request', found.reason);
  if (found.kind === 'absent' || (found.model !== null && models.includes(found.model))) return null;
  return refuse('model_mismatch');
}

const always = () => true;

/** Forms, too, are read whole here: their `model` may follow the file. */
async function openByModel(
  { choose }: Extract<Route, { by: 'model' }>,
  body: BodyFacts,
  source: Readable,
  { MAX_JSON_BODY_BYTES }: ProxySettings,
  share: Share,
): Promise<OwnAnswer | OpenedRequest> {
  const isForm = body.boundary !== null;
  const scanner = body.boundary === null ? new JsonModelScanner() : new FormModelScanner(body.boundary);
  const limits = { saidBytes: body.length, maxBytes: MAX_JSON_BODY_BYTES, share };
  const head = await readHead(source, scanner, body.json || isForm ? always : looksLikeJson, limits);
  if (isOwnAnswer(head)) return head;
  if (head.kind !== 'scanned') return refuse('invalid_request', MODEL_WANTED);
  const { found } = head;
  if (found.kind === 'ambiguous') return refuse('invalid_request', found.reason);
  if (found.kind === 'absent' || found.model === null) return refuse('invalid_request', MODEL_WANTED);
  const chosen = choose(found.model);
  if (isOwnAnswer(chosen)) return chosen;
  return sendWhole(chosen, found.replace(chosen.model), body.length, share);
}

/**
 * Opens a body that is all there.
 *
 * @param saidLength what the client's headers say of its length.
 */
function sendWhole(
  { origin, path, headers }: Destination,
  chunks: Buffer[],
  saidLength: number | null,
  share: Share,
): OpenedRequest {
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const destination = { origin, path, headers: size === saidLength ? headers : withLength(headers, size) };
  if (size > KEPT_WHOLE_BYTES)
    return { destination, body: Readable.from(giveAway(chunks, share), { objectMode: false }) };
  const [first] = chunks;
  return { destination, body: first && chunks.length === 1 ? first : Buffer.concat(chunks) };
}

function* giveAway(chunks: Buffer[], share: Share): Iterable<Buffer> {
  for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) {
    yield chunk;
    share.giveBack(chunk.length);
  }
}

function withLength(headers: readonly string[], size: number): string[] {
  const others = headers.filter((_, index) => headers[index - (index % 2)]?.toLowerCase() !== 'content-length');
  return [...others, 'content-length', String(size)];
}

const BRACE = 0x7b;
const SPACE = 0x20;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** `{` behind the byte order marks of UTF-16: some upstreams read that as JSON. It is refused then as not UTF-8. */
const UTF_16_OBJECTS = ['fffe7b00', 'feff007b'];
const MARK_BYTES = 4;

/** Whether a body looks like JSON from its beginning; undefined: too little has come. */
function looksLikeJson(beginning: Buffer): boolean | undefined {
  const first = beginning.find((byte) => byte > SPACE && !BYTE_ORDER_MARK.includes(byte));
  if (first === undefined || first === BRACE) return first && true;
  if (first < 0xfe) return false;
  if (beginning.length < MARK_BYTES) return undefined;
  return UTF_16_OBJECTS.includes(beginning.toString('hex', 0, MARK_BYTES));
}
