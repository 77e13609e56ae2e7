import { Prisma } from '#prisma/client.ts';

/** How long a deletion can be undone. Afterwards nothing is kept of a token but its audit rows. */
export const UNDO_MINUTES = 10;

/** What is moved when a token is deleted, and moved back when that is undone. */
export const KEPT_COLUMNS = [
  'id',
  'account_id',
  'gateway_id',
  'name',
  'name_key',
  'hash',
  'first_chars',
  'last_chars',
  'secret_id',
  'status',
  'expires_at',
  'created_by',
  'created_at',
  'last_used_at',
  'last_used_from',
  'previous_hash',
  'previous_secret_id',
  'previous_first_chars',
  'previous_last_chars',
  'previous_until',
] as const;

const KEPT = Prisma.raw(KEPT_COLUMNS.join(', '));

/** Takes tokens out of the table that the data plane reads. They must be locked. */
export async function moveToDeleted(
  transaction: Prisma.TransactionClient,
  ids: string[],
  deletionId: string,
): Promise<void> {
  await transaction.$executeRaw`
    WITH gone AS (DELETE FROM authentication_token WHERE id = ANY(${ids}::uuid[]) RETURNING ${KEPT})
    INSERT INTO deleted_token (${KEPT}, deletion_id) SELECT gone.*, ${deletionId}::uuid FROM gone`;
}

export type RestoredToken = { id: string; name: string };

/** Puts deleted tokens back as they were, except those whose name was given away meanwhile. They must be locked. */
export async function moveBack(transaction: Prisma.TransactionClient, ids: string[]): Promise<RestoredToken[]> {
  // In the order of names: two that insert the same ones wait for each other and never in a circle.
  const restored = await transaction.$queryRaw<RestoredToken[]>`
    INSERT INTO authentication_token (${KEPT})
    SELECT ${KEPT} FROM deleted_token WHERE id = ANY(${ids}::uuid[]) ORDER BY name_key
    ON CONFLICT (gateway_id, name_key) DO NOTHING RETURNING id, name`;
  const restoredIds = restored.map(({ id }) => id);
  await transaction.$executeRaw`DELETE FROM deleted_token WHERE id = ANY(${restoredIds}::uuid[])`;
  return restored;
}
