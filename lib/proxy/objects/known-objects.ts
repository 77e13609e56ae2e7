import { setTimeout as sleep } from 'node:timers/promises';
import { logger } from '#lib/logger.ts';
import { BatchedLookups } from '../access/batched-lookups.ts';
import { TwoGenerationMap } from '../access/two-generation-map.ts';
import type { Eventually } from '../eventually.ts';
import type { ObjectName } from './object-ids.ts';
import { keyOf, type ObjectKey, type ObjectMaker, type ObjectRow, type ObjectTable } from './object-rows.ts';

const MOST_REMEMBERED = 50_000;
/** Waiting for a database that is away; more are not written, and only this worker knows them. */
const MOST_UNWRITTEN = 10_000;
const WRITE_AGAIN_AFTER_MS = 1_000;
/** What another worker learnt this moment may be on its way into the database. */
const ASK_AGAIN_AFTER_MS = [50, 150, 400];
const TRIM_AFTER = 1_000;

/** Splits what `keyOf` made. */
function toKey(text: string): ObjectKey {
  const [providerId = '', collection = '', objectId = ''] = text.split(' ');
  return { providerId, collection, objectId };
}

/**
 * Which objects were made through which provider of which gateway. A worker remembers what it learnt and what it found,
 * since that never changes, and writes what it learnt at once, so that all others find it.
 */
export class KnownObjects {
  readonly #table: ObjectTable;
  readonly #remembered = new TwoGenerationMap<ObjectMaker>(MOST_REMEMBERED);
  readonly #lookups: BatchedLookups<ObjectMaker>;
  #unwritten: ObjectRow[] = [];
  #writing: Promise<void> | null = null;
  #isClosed = false;
  /** How many were added since a collection was last trimmed. */
  readonly #added = new TwoGenerationMap<number>(MOST_REMEMBERED);

  constructor(table: ObjectTable) {
    this.#table = table;
    this.#lookups = new BatchedLookups((keys) => table.find(keys.map(toKey)));
  }

  /**
   * Who made an object, at the first of these providers that knows it.
   *
   * @returns null: nobody whom these providers belong to.
   * @throws when it cannot be known.
   */
  find(providerIds: readonly string[], { collection, id }: ObjectName): Eventually<ObjectMaker | null> {
    const keys = providerIds.map((providerId) => keyOf({ providerId, collection, objectId: id }));
    for (const key of keys) {
      const maker = this.#remembered.get(key);
      if (maker) return maker;
    }
    return this.#look(keys);
  }

  async #look(keys: readonly string[]): Promise<ObjectMaker | null> {
    for (const waitMs of [0, ...ASK_AGAIN_AFTER_MS]) {
      if (waitMs > 0) await sleep(waitMs);
      const makers = await Promise.all(keys.map((key) => this.#lookups.get(key)));
      for (const [index, maker] of makers.entries()) {
        const key = keys[index];
        if (!maker || key === undefined) continue;
        this.#remembered.set(key, maker);
        return maker;
      }
    }
    return null;
  }

  /** An answer told of these objects, which a call with this token asked for. */
  add(maker: ObjectMaker, objects: readonly ObjectName[]): void {
    for (const { collection, id } of objects) {
      const row = { ...maker, collection, objectId: id };
      const key = keyOf(row);
      if (this.#remembered.get(key)) continue;
      this.#remembered.set(key, maker);
      if (this.#unwritten.length < MOST_UNWRITTEN) this.#unwritten.push(row);
      else logger.error({ collection }, 'too many objects wait for the database: one is known to this worker only');
    }
    if (this.#unwritten.length > 0) this.#writing ??= this.#write();
  }

  /** It was deleted. A worker that still remembers it is told so by the provider. */
  async forget(providerId: string, { collection, id }: ObjectName): Promise<void> {
    const key = { providerId, collection, objectId: id };
    this.#remembered.delete(keyOf(key));
    await this.#table.forget(key).catch((error: unknown) => {
      logger.warn({ err: error, collection }, 'a deleted object is still known');
    });
  }

  /** Returns when all is written, or cannot be. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#unwritten.length > 0) {
      const rows = this.#unwritten;
      this.#unwritten = [];
      try {
        await this.#table.add(rows);
        await this.#trim(rows);
      } catch (error) {
        logger.error({ err: error, objects: rows.length }, 'what was made at providers is not written');
        if (this.#isClosed) break;
        this.#unwritten = [...rows, ...this.#unwritten];
        await sleep(WRITE_AGAIN_AFTER_MS);
      }
    }
    this.#writing = null;
  }

  /** Now and then, where much is made. */
  async #trim(rows: readonly ObjectRow[]): Promise<void> {
    for (const { providerId, collection } of rows) {
      const key = `${providerId} ${collection}`;
      const added = (this.#added.get(key) ?? 0) + 1;
      this.#added.set(key, added % TRIM_AFTER);
      if (added === TRIM_AFTER) await this.#table.trim({ providerId, collection });
    }
  }
}
