import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { AppError } from '#lib/errors.ts';

/** Any constant will do; it only has to differ from other users of advisory locks in the same database. */
const LOCK_ID = 7_203_420;

const RETAKE_EVERY_MS = 500;

/**
 * Makes sure that one supervisor at a time uses an embedded database. The lock is the database's own, so it ends with
 * the process, however that ends. If the database ends the connection, the lock is taken again.
 */
export class SupervisorLock {
  readonly #databaseUrl: string;
  readonly #onLost: () => void;
  #client: Client | undefined;
  #released = false;

  /** @param onLost is told when another supervisor has taken the lock meanwhile. */
  constructor(databaseUrl: string, onLost: () => void) {
    this.#databaseUrl = databaseUrl;
    this.#onLost = onLost;
  }

  /** @throws AppError `cannot_start` when another supervisor holds it. */
  async take(dataDir: string): Promise<void> {
    if (await this.tryTake()) return;
    throw new AppError('cannot_start', {
      detail: `Latchkey already runs with the data in ${dataDir}. Stop it, or set LATCHKEY_DATA_DIR to another directory.`,
    });
  }

  /** False: another supervisor holds it. */
  async tryTake(): Promise<boolean> {
    const client = new Client({ connectionString: this.#databaseUrl });
    // What becomes of the connection shows in its end.
    client.on('error', () => {});
    await client.connect();
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [LOCK_ID]);
    if (!rows[0]?.held) {
      await client.end();
      return false;
    }
    this.#client = client;
    client.once('end', () => this.#retake());
    return true;
  }

  async release(): Promise<void> {
    this.#released = true;
    await this.#client?.end();
  }

  async #retake(): Promise<void> {
    while (!this.#released) {
      await sleep(RETAKE_EVERY_MS, undefined, { ref: false });
      // A database that is away answers later; who has the lock shows then.
      const outcome = await this.tryTake().catch(() => null);
      if (outcome === true) return;
      if (outcome === false) return this.#onLost();
    }
  }
}
