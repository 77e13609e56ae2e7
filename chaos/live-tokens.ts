import { setTimeout as sleep } from 'node:timers/promises';
import { GRACE_SECONDS, type Stage } from './stage.ts';

const LIVE = 40;
const CHANGE_EVERY_MS = 100;
const LEASE_MS = 1_500;

/** A token, and what may be expected of it. Moments are those of `performance.now()`. */
export type LiveToken = {
  id: string;
  token: string;
  /** From when on it may be refused. */
  deletionBegan: number;
  /** From when on it must be refused. */
  refusedFrom: number;
};

/** Creates and deletes tokens all the time, as the console does, while calls are made with them. */
export class LiveTokens {
  /** Among them such as were just deleted. */
  readonly all: LiveToken[] = [];
  readonly counts = { created: 0, deleted: 0, confirmedByAll: 0, notPossible: 0 };
  readonly #stage: Stage;
  readonly #workers: number;

  constructor(stage: Stage, workers: number) {
    this.#stage = stage;
    this.#workers = workers;
  }

  /** Any token that was not deleted too long ago. */
  pick(): LiveToken | undefined {
    return this.all[Math.floor(Math.random() * this.all.length)];
  }

  async run(until: number): Promise<void> {
    while (performance.now() < until) {
      try {
        await this.#create();
        const oldest = this.all.filter(({ deletionBegan }) => deletionBegan === Infinity);
        if (oldest[0] && oldest.length > LIVE) await this.#delete(oldest[0]);
      } catch {
        // The database is away: nothing can be changed then.
        this.counts.notPossible += 1;
      }
      this.#forget();
      await sleep(CHANGE_EVERY_MS);
    }
  }

  async #create(): Promise<void> {
    const { id, token } = await this.#stage.addToken();
    this.all.push({ id, token, deletionBegan: Infinity, refusedFrom: Infinity });
    this.counts.created += 1;
  }

  async #delete(live: LiveToken): Promise<void> {
    live.deletionBegan = performance.now();
    const result = await this.#stage.deleteToken(live.id);
    if (!result.ok) throw new Error('a token that is there cannot be deleted');
    this.counts.deleted += 1;
    const { complete, confirmed } = result.receipt;
    const byAll = complete && confirmed >= this.#workers;
    if (byAll) this.counts.confirmedByAll += 1;
    // A worker that is dead, or cut off from the database, is one that the receipt does not vouch for.
    live.refusedFrom = performance.now() + (byAll ? 0 : LEASE_MS + GRACE_SECONDS * 1_000);
  }

  /** Those that were deleted are used for a while longer, to see them refused. */
  #forget(): void {
    const first = this.all.findIndex(({ refusedFrom }) => refusedFrom > performance.now() - 3_000);
    if (first > 0) this.all.splice(0, first);
  }
}
