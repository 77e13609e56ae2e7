import { showUnseen } from './visible-text.ts';

/** Where text goes in the end, such as pino's destination. It waits for nobody. */
type Destination = { write(text: string): unknown };

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
    // Before the destination ends itself at the same events.
    for (const event of ['beforeExit', 'exit']) process.prependListener(event, () => this.#handOn());
  }

  write(line: string): void {
    this.#waiting += line;
    if (this.#waiting.length >= HAND_ON_AT_CHARS) this.#handOn();
  }

  #handOn(): void {
    if (this.#waiting === '') return;
    const text = this.#waiting;
    this.#waiting = '';
    // Here once for many lines. JSON escapes C0 by itself, but not what else a terminal that shows the log obeys.
    this.#destination.write(showUnseen(text));
  }
}
