import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import { moveBack, UNDO_MINUTES } from '#lib/tokens/deleted-tokens.ts';
import type { UndoDeletionInput } from '#lib/tokens/inputs.ts';
import type { LockedToken } from '#lib/tokens/lock-tokens.ts';
import type { PrismaClient } from '#prisma/client.ts';

export type UndoDeletionResult =
  /** `nameTaken`: those that stay deleted, because a new token has their name. */
  { ok: true; restored: number; nameTaken: string[] } | { ok: false; code: 'deletionNotFound' };

/** Ten thousand tokens are a matter of a second or two. */
const TIMEOUT_MS = 30_000;

/**
 * Brings back what one deletion took, as it was: names, secrets, expiry, status. A token whose name was given away
 * meanwhile stays deleted, and can be undone again within the ten minutes. Proxies need not be told: they remember no
 * token that they refused.
 */
export async function undoDeletion(
  db: PrismaClient,
  session: Session,
  { gatewayId, deletionId }: UndoDeletionInput,
): Promise<UndoDeletionResult> {
  return db.$transaction(
    async (transaction) => {
      const found = await transaction.$queryRaw<LockedToken[]>`
        SELECT deleted.id, deleted.name, gateway.name AS "gatewayName"
        FROM deleted_token AS deleted JOIN gateway ON gateway.id = deleted.gateway_id
        WHERE deletion_id = ${deletionId}::uuid AND deleted.gateway_id = ${gatewayId}::uuid
          AND deleted.account_id = ${session.accountId}
          AND deleted_at > clock_timestamp() - ${UNDO_MINUTES} * interval '1 minute'
        ORDER BY deleted.id FOR UPDATE OF deleted`;
      if (found.length === 0) return { ok: false, code: 'deletionNotFound' };
      const restored = await moveBack(
        transaction,
        found.map(({ id }) => id),
      );
      await recordAudit(transaction, session, 'token.restored', restored, found[0]?.gatewayName);
      const restoredIds = new Set(restored.map(({ id }) => id));
      const nameTaken = found.filter(({ id }) => !restoredIds.has(id)).map(({ name }) => name);
      return { ok: true, restored: restored.length, nameTaken };
    },
    { timeout: TIMEOUT_MS },
  );
}
