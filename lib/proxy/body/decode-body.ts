import { Duplex, pipeline, Readable, Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { refuse } from '../errors.ts';
import { BodyRefusedError, BodyTooLargeError, limitedBody } from './body-limit.ts';
import { ClientGoneError } from './client-gone.ts';
import type { Coding } from './content-codings.ts';
import type { Share } from './kept-bytes.ts';

/** RFC 9659 §3: no encoder may want its decoder to keep more. */
const ZSTD_WINDOW_LOG = 23;

/** As far back as a coding can reach: so much of what it has made a decoder keeps. */
const WINDOW_BYTES: Readonly<Record<Coding, number>> = {
  gzip: 2 ** 15,
  deflate: 2 ** 15,
  // RFC 7932 §9.1.
  br: 2 ** 24,
  zstd: 2 ** ZSTD_WINDOW_LOG,
};

/**
 * What one coding was made into before another. It is compressed, and so never large; empty members of gzip, millions of
 * which another coding makes into some bytes, would be work for minutes.
 */
const MOST_BETWEEN_BYTES = 16 * 1024 * 1024;

/**
 * Undoes the content codings of a body as it passes, at the pace of whoever reads it. It fails with `BodyRefusedError`
 * where the body is not what its codings say or there is no room for a decoder, with `BodyTooLargeError`, and with
 * `ClientGoneError`. When it is destroyed, `source` stays as it is.
 *
 * @param codings in the order in which they were applied.
 * @param limitBytes of what comes in. What goes out has no limit here.
 * @param share of it is taken what the decoders keep.
 */
export function decodeBody(source: Readable, codings: readonly Coding[], limitBytes: number, share: Share): Readable {
  const stages: Readable[] = [];
  const append = <Stage extends Duplex>(stage: Stage, reasonFor: (error: Error) => Error) => {
    const before = stages.at(-1);
    before?.once('error', (error) => stage.destroy(reasonFor(error)));
    before?.pipe(stage);
    stages.push(stage);
  };
  for (const [index, coding] of codings.toReversed().entries()) {
    const most = index === 0 ? limitBytes : Math.min(limitBytes, MOST_BETWEEN_BYTES);
    stages.push(limitedBody(stages.at(-1) ?? source, [], most));
    append(openDecoder(coding), (error) => error);
    append(new WindowCount(WINDOW_BYTES[coding], share), (error) => ownError(error, coding));
  }
  const decoded = stages.at(-1) ?? source;
  // It may fail when nobody listens any more: the decoders work in other threads.
  decoded.on('error', () => {});
  decoded.once('close', () => {
    for (const stage of stages) stage.destroy();
  });
  return decoded;
}

/** What a decoder itself finds wrong has names of its own. */
function ownError(error: Error, coding: Coding): Error {
  if (error instanceof BodyRefusedError || error instanceof BodyTooLargeError || error instanceof ClientGoneError) {
    return error;
  }
  return new BodyRefusedError(
    refuse('invalid_request', `The body is not valid ${coding}, as its Content-Encoding says.`),
  );
}

function openDecoder(coding: Coding): Duplex {
  switch (coding) {
    case 'gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress({ rejectGarbageAfterEnd: true });
    case 'zstd':
      return createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG } });
    case 'deflate':
      return Duplex.from(inflate);
  }
}

/** `deflate` means the form of zlib, with a head of two bytes; some clients send it without (RFC 9110 §8.4.1.2). */
async function* inflate(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  let beginning = Buffer.alloc(0);
  let isWhole = false;
  while (beginning.length < 2 && !isWhole) {
    const { value, done = false } = await chunks.next();
    if (!done) beginning = Buffer.concat([beginning, value]);
    isWhole = done;
  }
  async function* all() {
    yield beginning;
    if (!isWhole) yield* { [Symbol.asyncIterator]: () => chunks };
  }
  const options = { rejectGarbageAfterEnd: true };
  const decoder = hasZlibHead(beginning) ? createInflate(options) : createInflateRaw(options);
  yield* pipeline(Readable.from(all(), { objectMode: false }), decoder, () => {});
}

/** RFC 1950 §2.2: the method is 8, the window at most 32 KiB, and both bytes together a multiple of 31. */
function hasZlibHead(beginning: Buffer): boolean {
  const [first = 0, second = 0] = beginning;
  return beginning.length >= 2 && (first & 0x0f) === 8 && first >> 4 <= 7 && ((first << 8) | second) % 31 === 0;
}

/** Passes on what a decoder made, and counts as much of it as the decoder still keeps. */
class WindowCount extends Transform {
  readonly #windowBytes: number;
  readonly #share: Share;
  #taken = 0;

  constructor(windowBytes: number, share: Share) {
    super();
    this.#windowBytes = windowBytes;
    this.#share = share;
  }

  override _transform(chunk: Buffer, _encoding: string, callback: (error: Error | null, chunk?: Buffer) => void): void {
    const more = Math.min(chunk.length, this.#windowBytes - this.#taken);
    if (!this.#share.take(more)) {
      callback(new BodyRefusedError(refuse('overloaded')));
      return;
    }
    this.#taken += more;
    // A decoder gives slices of larger buffers: kept, a small one would keep more than it is counted as.
    callback(null, 2 * chunk.length < chunk.buffer.byteLength ? Buffer.from(chunk) : chunk);
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#share.giveBack(this.#taken);
    this.#taken = 0;
    callback(error);
  }
}
