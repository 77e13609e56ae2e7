import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from '#prisma/client.ts';

/** What is known of the proxies after a change. */
export type Receipt = {
  /** Proxy workers that said they have applied it. */
  confirmed: number;
  /**
   * Workers that hold no lease any more and did not say that they stop: dead, or cut off from the database. Those cut
   * off ask it for each request, and only while it is away go by their memory, for the grace time.
   */
  expired: number;
  /** Workers that hold a lease and had not confirmed when the wait was given up. */
  unconfirmed: number;
  /** False: the wait was given up, for those or because the database did not answer. */
  complete: boolean;
  /** From the commit to the last of them, or to the end of the wait. */
  milliseconds: number;
};

/** `lastEventId`: what it has to have applied. */
type Member = { live: boolean; applied: boolean; lastEventId: bigint };

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 25;
/** A lease lasts 1.5 s: after twice that, a worker keeps its lease without applying what it is told. */
const GIVE_UP_AFTER_MS = 3_000;
/** Longer than the grace time of a proxy that is cut off, unless somebody has set that very high. */
const REPORTED_FOR_SECONDS = 120;

/**
 * Waits until each proxy worker has applied all change events that there are now, or its lease has run out; at most
 * three seconds. Call it after the commit: it does not throw, since the change is made whatever comes of the waiting.
 */
export async function awaitReceipt(db: PrismaClient): Promise<Receipt> {
  const startedAt = performance.now();
  const elapsedMs = () => performance.now() - startedAt;
  let members: Member[] = [];
  let lastEventId: bigint | null = null;
  for (
    let pauseMs = FIRST_PAUSE_MS;
    elapsedMs() < GIVE_UP_AFTER_MS;
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
  ) {
    const found = await readMembers(db, lastEventId, GIVE_UP_AFTER_MS - elapsedMs());
    members = found ?? members;
    lastEventId ??= members[0]?.lastEventId ?? null;
    if (found?.every(({ live, applied }) => applied || !live)) return describe(found, true, elapsedMs());
    await sleep(pauseMs);
  }
  return describe(members, false, elapsedMs());
}

/**
 * Null when the database does not tell in time.
 *
 * @param lastEventId null: the last event that there is.
 */
async function readMembers(db: PrismaClient, lastEventId: bigint | null, withinMs: number): Promise<Member[] | null> {
  // The database's clock decides, as it did when the leases were given.
  const members = db.$queryRaw<Member[]>`
    SELECT lease_until > clock_timestamp() AS live, applied_event_id >= last.id AS applied, last.id AS "lastEventId"
    FROM proxy_member, (SELECT coalesce(${lastEventId}::bigint, max(id), 0) AS id FROM change_event) AS last
    WHERE lease_until > clock_timestamp() - ${REPORTED_FOR_SECONDS} * interval '1 second'`;
  return Promise.race([members.catch(() => null), sleep(withinMs, null, { ref: false })]);
}

function describe(members: readonly Member[], complete: boolean, elapsedMs: number): Receipt {
  const live = members.filter((member) => member.live);
  const confirmed = live.filter(({ applied }) => applied).length;
  return {
    confirmed,
    unconfirmed: live.length - confirmed,
    expired: members.length - live.length,
    complete,
    milliseconds: Math.round(elapsedMs),
  };
}
