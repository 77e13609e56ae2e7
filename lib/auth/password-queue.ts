import { availableParallelism } from 'node:os';

/** There are more waiting already than can be served soon. */
export class QueueFullError extends Error {
  override name = 'QueueFullError';
}

type Size = {
  /** Done at once. Half of the cores, so that checking passwords leaves the others to pages. */
  atOnce?: number;
  /** Waiting for their turn, at most: about a second's work. */
  waiting?: number;
};

/**
 * Does what costs as much as a password check, a little of it at once: each takes 19 MiB and tens of milliseconds of a
 * core, and anybody may ask for it.
 */
export class PasswordQueue {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor({ atOnce = Math.max(1, Math.floor(availableParallelism() / 2)), waiting = 32 }: Size = {}) {
    this.#atOnce = atOnce;
    this.#mostWaiting = waiting;
  }

  /** @throws QueueFullError when too many wait already; then `work` is not done. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#atOnce) this.#running++;
    else await this.#turn();
    try {
      return await work();
    } finally {
      // The next one takes over this one's place.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.#mostWaiting) throw new QueueFullError('too many passwords wait to be checked');
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
