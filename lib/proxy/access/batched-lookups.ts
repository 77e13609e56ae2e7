const MOST_AT_ONCE = 2;
const MOST_IN_BATCH = 500;
const MOST_WAITING = 5_000;

/** More is asked than can be looked up in time. It says nothing about what is looked up, nor about the database. */
export class TooManyLookupsError extends Error {
  override name = 'TooManyLookupsError';
}

type Waiting<Found> = {
  promise: Promise<Found | null>;
  resolve(found: Found | null): void;
  reject(error: Error): void;
};

/**
 * Looks things up by their keys, many in one round trip while others are under way: a flood of keys that nobody was
 * given costs little more than its first, and takes no more than two connections from everybody else.
 */
export class BatchedLookups<Found> {
  readonly #find: (keys: string[]) => Promise<ReadonlyMap<string, Found>>;
  #waiting = new Map<string, Waiting<Found>>();
  #underWay = 0;

  /** @param find looks up at most 500 keys; what it does not find is not in its result. */
  constructor(find: (keys: string[]) => Promise<ReadonlyMap<string, Found>>) {
    this.#find = find;
  }

  /**
   * What is there now: the look begins after the call.
   *
   * @throws TooManyLookupsError, or what the look-up fails with.
   */
  get(key: string): Promise<Found | null> {
    const same = this.#waiting.get(key);
    if (same) return same.promise;
    if (this.#waiting.size >= MOST_WAITING) return Promise.reject(new TooManyLookupsError());
    const waiting = Promise.withResolvers<Found | null>();
    this.#waiting.set(key, waiting);
    // The first waits for those of its turn, which come together when the machine is busy.
    if (this.#underWay < MOST_AT_ONCE && this.#waiting.size === 1) queueMicrotask(() => this.#begin());
    return waiting.promise;
  }

  #begin(): void {
    if (this.#waiting.size === 0 || this.#underWay >= MOST_AT_ONCE) return;
    const batch = this.#takeBatch();
    this.#underWay += 1;
    this.#find([...batch.keys()])
      .then(
        (found) => {
          for (const [key, waiting] of batch) waiting.resolve(found.get(key) ?? null);
        },
        (error: Error) => {
          // Those who wait behind it would wait as long again for the same. They are to hear of an outage in time.
          for (const { reject } of [...batch.values(), ...this.#waiting.values()]) reject(error);
          this.#waiting = new Map();
        },
      )
      .finally(() => {
        this.#underWay -= 1;
        this.#begin();
      });
  }

  #takeBatch(): Map<string, Waiting<Found>> {
    const all = this.#waiting;
    if (all.size <= MOST_IN_BATCH) {
      this.#waiting = new Map();
      return all;
    }
    const batch = new Map<string, Waiting<Found>>();
    for (const [key, waiting] of all) {
      batch.set(key, waiting);
      all.delete(key);
      if (batch.size === MOST_IN_BATCH) break;
    }
    return batch;
  }
}
