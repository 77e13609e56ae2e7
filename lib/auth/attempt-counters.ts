import type { PrismaClient } from '#prisma/client.ts';

/** At most `most` attempts in `seconds`; the last of them locks for as long again. */
export type Counter = { key: string; most: number; seconds: number };

export type CountedAttempt = {
  /** Until it may be tried again, whole seconds; 0 when it was counted. */
  waitSeconds: number;
  /** What it has locked for those that come next. */
  filledKeys: string[];
};

/**
 * Counts an attempt in all counters, or in none when one of them is full. Each statement stands alone: a process that
 * is stopped in between holds no lock, and whoever is refused writes nothing.
 */
export async function countAttempt(db: PrismaClient, counters: readonly Counter[]): Promise<CountedAttempt> {
  const waitSeconds = await waitOf(db, counters);
  if (waitSeconds > 0) return { waitSeconds, filledKeys: [] };
  const rows = await increment(db, counters);
  const most = new Map(counters.map((counter) => [counter.key, counter.most]));
  // Of many at once, those that came after the last that there was room for.
  const over = rows.filter(({ key, points }) => points > (most.get(key) ?? 0));
  if (over.length === 0) {
    const full = rows.filter(({ key, points }) => points === most.get(key));
    return { waitSeconds: 0, filledKeys: full.map(({ key }) => key) };
  }
  await uncountAttempt(db, counters);
  return { waitSeconds: wholeSeconds(Math.max(...over.map(({ seconds }) => seconds))), filledKeys: [] };
}

/** Takes back what `countAttempt` has counted; in the order of the keys, as it did. */
export async function uncountAttempt(db: PrismaClient, counters: readonly Counter[]): Promise<void> {
  await db.$executeRaw`
    UPDATE sign_in_attempts SET points = points - 1 WHERE key IN (
      SELECT key FROM sign_in_attempts WHERE key = ANY(${keysOf(counters)}) ORDER BY key FOR UPDATE)`;
}

/** Deletes what no longer counts. */
export async function deleteExpiredCounts(db: PrismaClient): Promise<void> {
  await db.$executeRaw`
    DELETE FROM sign_in_attempts WHERE key IN (
      SELECT key FROM sign_in_attempts WHERE expire <= now() FOR UPDATE SKIP LOCKED)`;
}

/** How long until none of the counters is full, whole seconds; 0 when none is. */
export async function waitOf(db: PrismaClient, counters: readonly Counter[]): Promise<number> {
  const rows = await db.$queryRaw<{ seconds: number | null }[]>`
    SELECT max(extract(epoch FROM expire - now()))::float8 AS seconds
    FROM sign_in_attempts
    JOIN unnest(${keysOf(counters)}::text[], ${counters.map(({ most }) => most)}::int[]) AS asked(key, most) USING (key)
    WHERE points >= asked.most AND expire > now()`;
  return wholeSeconds(rows[0]?.seconds ?? 0);
}

/** In the order of their keys, so that two attempts at once never wait for each other. */
function increment(db: PrismaClient, counters: readonly Counter[]) {
  return db.$queryRaw<{ key: string; points: number; seconds: number }[]>`
    WITH asked AS (
      SELECT * FROM unnest(
        ${keysOf(counters)}::text[],
        ${counters.map(({ most }) => most)}::int[],
        ${counters.map(({ seconds }) => seconds)}::int[]) AS asked(key, most, seconds))
    INSERT INTO sign_in_attempts AS old (key, points, expire)
    SELECT key, 1, now() + seconds * interval '1 second' FROM asked ORDER BY key
    ON CONFLICT (key) DO UPDATE SET
      points = CASE WHEN old.expire > now() THEN old.points + 1 ELSE 1 END,
      expire = CASE
        WHEN old.expire > now() AND old.points + 1 <> (SELECT most FROM asked WHERE asked.key = old.key) THEN old.expire
        ELSE excluded.expire END
    RETURNING key, points, extract(epoch FROM expire - now())::float8 AS seconds`;
}

const keysOf = (counters: readonly Counter[]) => counters.map(({ key }) => key);

const wholeSeconds = (seconds: number) => Math.ceil(Math.max(0, seconds));
