import type { Readable } from 'node:stream';
import { type OwnAnswer, refuse } from '../errors.ts';
import type { Eventually } from '../eventually.ts';
import { BodyRefusedError, BodyTooLargeError } from './body-limit.ts';
import { ChunkList } from './chunks.ts';
import { ClientGoneError } from './client-gone.ts';
import type { ModelInBody } from './json-model.ts';
import type { Share } from './kept-bytes.ts';

/** Looks at a body as it comes. */
export type BodyScanner = {
  /** False: what follows makes no difference. */
  push(chunk: Buffer): boolean;
  /** @param chunks all that was pushed, cut anyhow. */
  finish(chunks: readonly Buffer[]): ModelInBody;
};

/** The beginning of a body, or all of it. */
export type BodyHead =
  /** Whole, or as much as it took to see that it is ambiguous. */
  | { kind: 'scanned'; chunks: Buffer[]; size: number; found: ModelInBody }
  /** Whole, and nothing but white space. */
  | { kind: 'blank'; chunks: Buffer[] }
  /** Not to be scanned; what was read of it, and how much of that was taken of the share. */
  | { kind: 'other'; chunks: Buffer[]; taken: number }
  | OwnAnswer;

type Limits = {
  /** What the client's headers say of the length; null: nothing. */
  saidBytes: number | null;
  maxBytes: number;
  share: Share;
};

/**
 * Reads a body to its end and scans it on the way, or only as far as it takes to see that it is not to be scanned.
 *
 * @param look given the pieces of the body in turn, until it tells whether that is to be scanned.
 * @throws ClientGoneError when the client goes before that much has arrived.
 */
export function readHead(
  source: Readable,
  scanner: BodyScanner,
  look: (piece: Buffer) => boolean | undefined,
  limits: Limits,
): Eventually<BodyHead> {
  const reader = new HeadReader(scanner, look, limits);
  // Most bodies came with their head, and need no waiting.
  for (let chunk: Buffer | null = source.read(); chunk !== null; chunk = source.read()) {
    const head = reader.push(chunk);
    if (head) return head;
  }
  if (reader.size === limits.saidBytes) return reader.end();
  const { share } = limits;
  return new Promise((resolve, reject) => {
    const settle = (head: BodyHead) => {
      share.arrived();
      source.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone).pause();
      resolve(head);
    };
    const onData = (chunk: Buffer) => {
      const head = reader.push(chunk);
      if (head) settle(head);
    };
    const onEnd = () => settle(reader.end());
    const onGone = (cause?: Error) => {
      if (cause instanceof BodyRefusedError) settle(cause.answer);
      else if (cause instanceof BodyTooLargeError) settle(refuse('request_too_large'));
      else {
        share.arrived();
        reject(new ClientGoneError(undefined, { cause }));
      }
    };
    share.arrive(true, settle);
    source.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}

class HeadReader {
  readonly #scanner: BodyScanner;
  readonly #look: (piece: Buffer) => boolean | undefined;
  readonly #limits: Limits;
  readonly #kept = new ChunkList();
  #isToScan: boolean | undefined;

  constructor(scanner: BodyScanner, look: (piece: Buffer) => boolean | undefined, limits: Limits) {
    this.#scanner = scanner;
    this.#look = look;
    this.#limits = limits;
  }

  /** The head, once it is known. */
  push(chunk: Buffer): BodyHead | null {
    const kept = this.#kept;
    kept.add(chunk);
    let unread = chunk;
    if (!this.#isToScan) {
      this.#isToScan = this.#look(chunk);
      if (this.#isToScan === false) return { kind: 'other', chunks: kept.chunks, taken: kept.size - chunk.length };
      if (this.#isToScan && kept.size > chunk.length) unread = Buffer.concat(kept.chunks);
    }
    const { maxBytes, share } = this.#limits;
    if (kept.size > maxBytes) return refuse('request_too_large');
    if (!share.take(chunk.length)) return refuse('overloaded');
    return !this.#isToScan || this.#scanner.push(unread) ? null : this.#finish();
  }

  get size(): number {
    return this.#kept.size;
  }

  end(): BodyHead {
    return this.#isToScan ? this.#finish() : { kind: 'blank', chunks: this.#kept.chunks };
  }

  #finish(): BodyHead {
    const { chunks, size } = this.#kept;
    return { kind: 'scanned', chunks, size, found: this.#scanner.finish(chunks) };
  }
}
