import { showUnseen } from './visible-text.ts';

/** Where text goes in the end. It waits for nobody; `end` is for the process that ends, which has no later. */
type Destination = { write(text: string): void; end(text: string): void };

/** Lines are handed on together, at the latest after this time: one write for many calls. */
const HAND_ON_EVERY_MS = 100;
const HAND_ON_AT_CHARS = 64 * 1024;

/**
 * Collects lines and hands them to a destination together. pino's own destination collects too, but counts the bytes of
 * all that it has with each line, and hands every 16 KiB to another thread, which cost more than making the lines.
 */
export class LogBatch {
  readonly #destination: Destination;
  #waiting = '';

  constructor(destination: Destination) {
    this.#destination = destination;
    setInterval(() => this.#handOn(), HAND_ON_EVERY_MS).unref();
    process.on('beforeExit', () => this.#handOn());
    process.on('exit', () => this.#destination.end(this.#take()));
  }

  write(line: string): void {
    this.#waiting += line;
    if (this.#waiting.length >= HAND_ON_AT_CHARS) this.#handOn();
  }

  #handOn(): void {
    if (this.#waiting !== '') this.#destination.write(this.#take());
  }

  #take(): string {
    const text = this.#waiting;
    this.#waiting = '';
    // Here once for many lines. JSON escapes C0 by itself, but not what else a terminal that shows the log obeys.
    return showUnseen(text);
  }
}
