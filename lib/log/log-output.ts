import { write, writeSync } from 'node:fs';

/** How long a reader that does not keep up is waited for before it is tried again. */
const TRY_AGAIN_AFTER_MS = 100;

/** How long the end of the process may wait for such a reader. */
const MOST_MS_AT_END = 2_000;

/**
 * Writes text to a file descriptor, in order, and holds up nobody: neither a call nor the end of the process. What cannot
 * be written, such as on a full disk, waits for the next text, up to a size; text beyond that is lost. pino's own
 * destination ends the process by such an error, and then tries to write what is left for ever.
 */
export class LogOutput {
  readonly #fd: number;
  readonly #mostWaitingBytes: number;
  readonly #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #isWriting = false;
  #tryAgain: NodeJS.Timeout | undefined;

  constructor(fd: number, mostWaitingBytes: number) {
    this.#fd = fd;
    this.#mostWaitingBytes = mostWaitingBytes;
  }

  write(text: string): void {
    this.#keep(text);
    this.#writeNext();
  }

  /** As `write`, but at once: for the process that ends. */
  end(text: string): void {
    this.#keep(text);
    // A thread has the first of them.
    const rest = Buffer.concat(this.#isWriting ? this.#waiting.slice(1) : this.#waiting);
    const until = performance.now() + MOST_MS_AT_END;
    for (let written = 0; written < rest.length; ) {
      try {
        written += writeSync(this.#fd, rest, written);
      } catch (error) {
        if (!isBehind(error) || performance.now() > until) return;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TRY_AGAIN_AFTER_MS);
      }
    }
  }

  #keep(text: string): void {
    const bytes = Buffer.from(text);
    if (bytes.length === 0 || this.#waitingBytes + bytes.length > this.#mostWaitingBytes) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
  }

  #writeNext(): void {
    const [next] = this.#waiting;
    if (this.#isWriting || !next) return;
    this.#isWriting = true;
    write(this.#fd, next, (error, written) => {
      this.#isWriting = false;
      if (!error) {
        this.#release(next, written);
        this.#writeNext();
      } else if (isBehind(error)) {
        this.#tryAgain ??= setTimeout(() => {
          this.#tryAgain = undefined;
          this.#writeNext();
        }, TRY_AGAIN_AFTER_MS);
      }
    });
  }

  /** Keeps the rest of what was written in part, so that lines stay whole. */
  #release(bytes: Buffer, written: number): void {
    this.#waitingBytes -= written;
    if (written === bytes.length) this.#waiting.shift();
    else this.#waiting[0] = bytes.subarray(written);
  }
}

/** Whether a pipe is full whose reader may go on. */
function isBehind(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
