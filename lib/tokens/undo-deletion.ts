import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import { inTransaction } from '#lib/database/in-transaction.ts';
import { AppError } from '#lib/errors.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { moveBack, UNDO_MINUTES } from './deleted-tokens.ts';
import type { UndoDeletionInput } from './inputs.ts';
import type { LockedToken } from './lock-tokens.ts';

export type UndoDeletionResult =
  /** `nameTaken`: those that stay deleted, because a new token has their name. */
  { ok: true; restored: number; nameTaken: string[] } | { ok: false; code: 'deletionNotFound' };

/** Few enough that no transaction is long, whatever a filter has deleted. */
const RESTORED_AT_ONCE = 2_000;
const LEAST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Brings back what one deletion took, as it was: names, secrets, expiry, status. A token whose name was given away
 * meanwhile stays deleted, and can be undone again within the ten minutes. Proxies need not be told: they remember no
 * token that they refused. If it is broken off, what is left can be undone again, too.
 *
 * @throws AppError `outcome_unknown` also when some are back and others are not.
 */
export async function undoDeletion(
  db: PrismaClient,
  session: Session,
  input: UndoDeletionInput,
): Promise<UndoDeletionResult> {
  let restored = 0;
  const nameTaken: string[] = [];
  for (let after = LEAST_ID; ; ) {
    const part = await restoreNext(db, session, input, after).catch((cause: unknown) => {
      throw after === LEAST_ID ? cause : new AppError('outcome_unknown', { cause });
    });
    restored += part.restored;
    nameTaken.push(...part.nameTaken);
    if (part.lastId === null) break;
    after = part.lastId;
  }
  return restored + nameTaken.length > 0 ? { ok: true, restored, nameTaken } : { ok: false, code: 'deletionNotFound' };
}

/** `lastId`: the last of those that were looked at, in the order of ids; null when there were none. */
async function restoreNext(
  db: PrismaClient,
  session: Session,
  { gatewayId, deletionId }: UndoDeletionInput,
  after: string,
): Promise<{ restored: number; nameTaken: string[]; lastId: string | null }> {
  return inTransaction(db, async (transaction) => {
    const found = await transaction.$queryRaw<LockedToken[]>`
        SELECT deleted.id, deleted.name, gateway.name AS "gatewayName"
        FROM deleted_token AS deleted JOIN gateway ON gateway.id = deleted.gateway_id
        WHERE deletion_id = ${deletionId}::uuid AND deleted.gateway_id = ${gatewayId}::uuid
          AND deleted.account_id = ${session.accountId} AND deleted.id > ${after}::uuid
          AND deleted_at > clock_timestamp() - ${UNDO_MINUTES} * interval '1 minute'
        ORDER BY deleted.id LIMIT ${RESTORED_AT_ONCE} FOR UPDATE OF deleted`;
    const ids = found.map(({ id }) => id);
    const restored = await moveBack(transaction, ids);
    await recordAudit(transaction, session, 'token.restored', restored, found[0]?.gatewayName);
    const restoredIds = new Set(restored.map(({ id }) => id));
    const nameTaken = found.filter(({ id }) => !restoredIds.has(id)).map(({ name }) => name);
    return { restored: restored.length, nameTaken, lastId: ids.at(-1) ?? null };
  });
}
