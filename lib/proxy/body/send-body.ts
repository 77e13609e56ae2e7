import { Readable } from 'node:stream';
import type { OwnAnswer } from '../errors.ts';
import { type Eventually, whenThere } from '../eventually.ts';
import { BodyRefusedError } from './body-limit.ts';
import type { Share } from './kept-bytes.ts';
import type { OpenedBody } from './open-body.ts';

/** What goes upstream as the body: nothing, the whole, or as a stream. `size` in bytes; null: its client's headers say. */
export type UpstreamBody = { bytes: null | Buffer | Readable; size: number | null };

/** Asked before each piece: null, it may be sent in this turn; or what the call is answered instead. */
export type Gate = { refuseUnlessGood(): Eventually<OwnAnswer | null> };

/** A larger body is given away piece by piece: undici keeps what it was given until the answer has ended. */
const KEPT_WHOLE_BYTES = 64 * 1024;

/**
 * Opens a judged body for one upstream.
 *
 * @param model takes the place of the body's; null: that stays.
 * @param isLast whether no other upstream can be asked for it; then it need not be kept.
 * @param gate between two pieces of a body its sender may sleep, and its token may be deleted.
 */
export function sendBody(
  body: OpenedBody,
  model: string | null,
  isLast: boolean,
  share: Share,
  gate: Gate,
): UpstreamBody {
  if (body.kind === 'none') return { bytes: null, size: null };
  if (body.kind === 'passing') return { bytes: passOn(body.stream, gate), size: null };
  const chunks = model !== null && body.named ? body.named.replace(model) : body.chunks;
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (size > KEPT_WHOLE_BYTES) {
    const pieces = isLast ? giveAway(chunks, share, gate) : inTurn(chunks, gate);
    return { bytes: Readable.from(pieces, { objectMode: false }), size };
  }
  const [first] = chunks;
  return { bytes: first && chunks.length === 1 ? first : Buffer.concat(chunks), size };
}

function letThrough(piece: Buffer, gate: Gate): Eventually<Buffer> {
  return whenThere<OwnAnswer | null, Buffer>(gate.refuseUnlessGood(), (refusal) => {
    if (refusal) throw new BodyRefusedError(refusal);
    return piece;
  });
}

function* inTurn(chunks: readonly Buffer[], gate: Gate): Iterable<Eventually<Buffer>> {
  for (const chunk of chunks) yield letThrough(chunk, gate);
}

function* giveAway(chunks: Buffer[], share: Share, gate: Gate): Iterable<Eventually<Buffer>> {
  for (let [chunk] = chunks; chunk; [chunk] = chunks) {
    yield letThrough(chunk, gate);
    // Only now it is gone: undici takes a first piece before it knows whether anything is sent.
    chunks.shift();
    share.giveBack(chunk.length);
  }
}

/** Takes a piece when it is asked for one, and not before: what is taken ahead would have passed the gate too early. */
function passOn(stream: Readable, gate: Gate): Readable {
  const passing = Readable.from(gated(stream, gate), { objectMode: false });
  stream.once('error', (error) => passing.destroy(error));
  // Also when it was never asked for any.
  return passing.once('close', () => stream.destroy());
}

async function* gated(stream: Readable, gate: Gate): AsyncIterable<Buffer> {
  for await (const piece of stream) yield letThrough(piece, gate);
}
