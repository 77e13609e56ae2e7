import { Prisma } from '#prisma/client.ts';

/** The channel on which proxies are told that there are change events to read. */
export const CHANGE_CHANNEL = 'latchkey_change';

/** Any constant will do; it only has to differ from other users of advisory locks in the same database. */
const PUBLISH_LOCK_ID = 7_203_421;

/** Something that the data plane must hear of. `revoked`: open streams of the subject are cut. */
export type Change = { kind: 'token' | 'gateway'; subjectId: string; revoked: boolean };

/**
 * Writes change events in the transaction of the change, and tells the proxies when that commits. Call it last: from
 * here to the commit, other publishers wait. They have to, because readers ask for "events after the last one that I
 * saw", and an event with a smaller id that commits later would never be seen.
 *
 * @returns the id of the last event: what proxies must have applied for the change to be everywhere.
 */
export async function publishChanges(
  transaction: Prisma.TransactionClient,
  changes: readonly [Change, ...Change[]] | readonly Change[],
): Promise<bigint> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${PUBLISH_LOCK_ID})`;
  const rows = changes.map(({ kind, subjectId, revoked }) => Prisma.sql`(${kind}, ${subjectId}::uuid, ${revoked})`);
  const [last] = await transaction.$queryRaw<{ id: bigint }[]>`
    WITH written AS (
      INSERT INTO change_event (kind, subject_id, revoked) VALUES ${Prisma.join(rows)} RETURNING id
    )
    SELECT max(id) AS id FROM written`;
  await transaction.$executeRaw`SELECT pg_notify(${CHANGE_CHANNEL}, '')`;
  if (!last) throw new Error('an aggregate has a row');
  return last.id;
}
