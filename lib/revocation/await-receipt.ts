import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from '#prisma/client.ts';

/** Proof that no proxy goes by what was before a change. */
export type Receipt = {
  /** Proxy workers that said they have applied it. */
  confirmed: number;
  /**
   * Workers that hold no lease any more and did not say that they stop: dead, or cut off from the database. Those cut
   * off ask it for each request, and only while it is away go by their memory, for the grace time.
   */
  expired: number;
  /** From the commit to the last of them. */
  milliseconds: number;
};

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 25;
/** Longer than the grace time of a proxy that is cut off, unless somebody has set that very high. */
const REPORTED_FOR_SECONDS = 120;

/**
 * Waits until each proxy worker has applied the change events up to `eventId`, or its lease has run out. A lease lasts
 * 1.5 s, so the wait is bounded. Call it after the commit.
 */
export async function awaitReceipt(db: PrismaClient, eventId: bigint): Promise<Receipt> {
  const startedAt = performance.now();
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    // The database's clock decides, as it did when the leases were given.
    const members = await db.$queryRaw<{ live: boolean; applied: boolean }[]>`
      SELECT lease_until > clock_timestamp() AS live, applied_event_id >= ${eventId} AS applied FROM proxy_member
      WHERE lease_until > clock_timestamp() - ${REPORTED_FOR_SECONDS} * interval '1 second'`;
    const live = members.filter((member) => member.live);
    if (live.every(({ applied }) => applied)) {
      const milliseconds = Math.round(performance.now() - startedAt);
      return { confirmed: live.length, expired: members.length - live.length, milliseconds };
    }
    await sleep(pauseMs);
  }
}
