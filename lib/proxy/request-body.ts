import type { Readable } from 'node:stream';
import { limitedBody } from './body-limit.ts';
import { ClientGoneError } from './client-gone.ts';
import type { ForwardPlan } from './decide.ts';
import { type Refusal, refuse } from './errors.ts';
import { readModel } from './json-model.ts';
import type { ProxySettings } from './settings.ts';

/** What goes upstream as the body: nothing, the whole, or a stream. */
export type UpstreamBody = null | Buffer | Readable;

/**
 * Judges a request's body and opens it for the upstream. JSON is read whole, because its `model` must be the path's;
 * anything else streams. A body that begins with `{` is JSON whatever its `Content-Type` says, since upstreams exist
 * that do not look at that header.
 *
 * @param source not read before, and read no further than needed when the answer is a refusal.
 * @throws ClientGoneError when the client goes before that much has arrived.
 */
export async function openBody(
  plan: ForwardPlan,
  source: Readable,
  { MAX_BODY_BYTES, MAX_JSON_BODY_BYTES }: ProxySettings,
): Promise<Refusal | UpstreamBody> {
  if (!plan.body.present) return null;
  if (plan.models === null) return limitedBody(source, [], MAX_BODY_BYTES);
  const head = await readHead(source, plan.body.json, MAX_JSON_BODY_BYTES);
  switch (head.kind) {
    case 'other':
      return limitedBody(source, head.chunks, MAX_BODY_BYTES);
    case 'json':
      return checkModel(Buffer.concat(head.chunks), plan.models);
    case 'blank':
      return Buffer.concat(head.chunks);
    case 'too_large':
      return refuse('request_too_large');
  }
}

function checkModel(body: Buffer, models: readonly string[]): Refusal | Buffer {
  const found = readModel(body);
  if (found.kind === 'ambiguous') return refuse('invalid_request', found.reason);
  if (found.kind === 'absent') return body;
  return typeof found.model === 'string' && models.includes(found.model) ? body : refuse('model_mismatch');
}

/** `json` and `blank` are whole, of `other` only the beginning was read. */
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
      const first = json ? undefined : chunk.find(isMeaningful);
      if (first === BRACE) json = true;
      if (first !== undefined && !json) settle('other');
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

function isMeaningful(byte: number): boolean {
  return byte > SPACE && !BYTE_ORDER_MARK.includes(byte);
}
