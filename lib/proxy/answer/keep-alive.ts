import type { HeaderLines } from '../headers/header-lines.ts';
import type { AnswerObserver } from './observer.ts';

/** A comment is no event (HTML standard §9.2.6), so no client sees it; what stands between does, and closes idle connections. */
const COMMENT = Buffer.from(': keep-alive\n\n');

const EVENT_STREAM = /^\s*text\/event-stream\s*(?:;|$)/i;
/** The end of an event is an empty line. A lone `\r` may be half of a line's end. */
const AT_BOUNDARY = /\n\r?\n$/;
const BOUNDARY_BYTES = 3;

/** Writes comments into an event stream that is silent for long, between its events only. */
export class KeepAlive implements AnswerObserver {
  readonly #intervalMs: number;
  readonly #insert: (bytes: Buffer) => void;
  #timer: NodeJS.Timeout | undefined;
  /** The last bytes of what has come; a stream begins at a boundary. */
  #tail = '\n\n';

  /** @param insert writes between two chunks of the answer, unless the client is slow anyway. */
  constructor(intervalMs: number, insert: (bytes: Buffer) => void) {
    this.#intervalMs = intervalMs;
    this.#insert = insert;
  }

  begin(status: number, headers: HeaderLines): boolean {
    const isPlain = (headers.first('content-encoding') ?? 'identity').toLowerCase() === 'identity';
    const isStream = EVENT_STREAM.test(headers.first('content-type') ?? '');
    // With a length, nothing may be added to the body.
    if (status !== 200 || !isPlain || !isStream || headers.first('content-length') !== undefined) return false;
    this.#timer = setInterval(() => AT_BOUNDARY.test(this.#tail) && this.#insert(COMMENT), this.#intervalMs);
    return true;
  }

  look(chunk: Buffer): void {
    this.#timer?.refresh();
    const tail = chunk.toString('latin1', Math.max(0, chunk.length - BOUNDARY_BYTES));
    this.#tail = (this.#tail + tail).slice(-BOUNDARY_BYTES);
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
