import { setTimeout as sleep } from 'node:timers/promises';
import { type Attempt, lookKeyOf, type SignInLimit } from './sign-in-limit.ts';

/** Two turns' time: an owner who comes after a stranger waits, and is not sent away. */
const PATIENCE_MS = 7_000;

/** For one account from one network. */
const MOST_WAITING = 3;

/** In this process; each is an open request. */
const MOST_WAITING_AT_ALL = 16;

/** Attempts that met a lock, and wait to be looked at nevertheless. */
export class LockedLooks {
  readonly #limit: SignInLimit;
  readonly #waiting = new Map<string, number>();
  #waitingAtAll = 0;

  constructor(limit: SignInLimit) {
    this.#limit = limit;
  }

  /** Waits for this attempt's turn; false when there is none for it soon. */
  async turn(attempt: Attempt): Promise<boolean> {
    const key = lookKeyOf(attempt);
    const waiting = this.#waiting.get(key) ?? 0;
    if (waiting >= MOST_WAITING || this.#waitingAtAll >= MOST_WAITING_AT_ALL) return false;
    this.#waiting.set(key, waiting + 1);
    this.#waitingAtAll++;
    try {
      return await this.#waitFor(attempt);
    } finally {
      this.#leave(key);
    }
  }

  async #waitFor(attempt: Attempt): Promise<boolean> {
    const givesUpAt = performance.now() + PATIENCE_MS;
    for (;;) {
      const { waitSeconds } = await this.#limit.countLook(attempt);
      if (waitSeconds === 0) return true;
      if (performance.now() + waitSeconds * 1000 > givesUpAt) return false;
      await sleep(waitSeconds * 1000);
    }
  }

  #leave(key: string): void {
    const left = (this.#waiting.get(key) ?? 1) - 1;
    if (left > 0) this.#waiting.set(key, left);
    else this.#waiting.delete(key);
    this.#waitingAtAll--;
  }
}
