import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from '#prisma/client.ts';

/** Proof that no proxy goes by what was before a change. */
export type Receipt = {
  /** Proxy workers that said they have applied it. */
  confirmed: number;
  /** Workers that did not answer and whose lease has run out: they trust no cache any more. */
  expired: number;
  /** From the commit to the last of them. */
  milliseconds: number;
};

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 25;

/**
 * Waits until each proxy worker has applied the change events up to `eventId`, or its lease has run out. A lease lasts
 * 1.5 s, so the wait is bounded. Call it after the commit.
 */
export async function awaitReceipt(db: PrismaClient, eventId: bigint): Promise<Receipt> {
  const startedAt = performance.now();
  const waitedFor = new Set<string>();
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    // The database's clock decides, as it did when the leases were given.
    const live = await db.$queryRaw<{ id: string; applied: boolean }[]>`
      SELECT id, applied_event_id >= ${eventId} AS applied FROM proxy_member WHERE lease_until > clock_timestamp()`;
    for (const { id } of live) waitedFor.add(id);
    if (live.every(({ applied }) => applied)) {
      const confirmed = live.length;
      const milliseconds = Math.round(performance.now() - startedAt);
      return { confirmed, expired: waitedFor.size - confirmed, milliseconds };
    }
    await sleep(pauseMs);
  }
}
