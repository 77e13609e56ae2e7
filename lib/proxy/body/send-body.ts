import { Readable } from 'node:stream';
import type { Share } from './kept-bytes.ts';
import type { OpenedBody } from './open-body.ts';

/** What goes upstream as the body: nothing, the whole, or as a stream. `size` in bytes; null: its client's headers say. */
export type UpstreamBody = { bytes: null | Buffer | Readable; size: number | null };

/** A larger body is given away piece by piece: undici keeps what it was given until the answer has ended. */
const KEPT_WHOLE_BYTES = 64 * 1024;

/**
 * Opens a judged body for one upstream.
 *
 * @param model takes the place of the body's; null: that stays.
 * @param isLast whether no other upstream can be asked for it; then it need not be kept.
 */
export function sendBody(body: OpenedBody, model: string | null, isLast: boolean, share: Share): UpstreamBody {
  if (body.kind === 'none') return { bytes: null, size: null };
  if (body.kind === 'passing') return { bytes: body.stream, size: null };
  const chunks = model !== null && body.named ? body.named.replace(model) : body.chunks;
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (size > KEPT_WHOLE_BYTES) {
    const pieces = isLast ? giveAway(chunks, share) : chunks;
    return { bytes: Readable.from(pieces, { objectMode: false }), size };
  }
  const [first] = chunks;
  return { bytes: first && chunks.length === 1 ? first : Buffer.concat(chunks), size };
}

function* giveAway(chunks: Buffer[], share: Share): Iterable<Buffer> {
  for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) {
    yield chunk;
    share.giveBack(chunk.length);
  }
}
