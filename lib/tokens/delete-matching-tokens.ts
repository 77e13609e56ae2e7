import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import { moveToDeleted } from '#lib/tokens/deleted-tokens.ts';
import type { DeleteMatchingTokensInput } from '#lib/tokens/inputs.ts';
import type { LockedToken } from '#lib/tokens/lock-tokens.ts';
import { matching } from '#lib/tokens/matching.ts';
import type { PrismaClient } from '#prisma/client.ts';

/** Few enough that other changes need not wait long, and progress is seen. */
const DELETED_AT_ONCE = 1_000;

/** `more`: whether some may be left. The caller goes on with the same input until there are none. */
type PartDeleted = { ok: true; deleted: number; more: boolean };

export type DeleteMatchingTokensResult = PartDeleted & { receipt: Receipt };

/**
 * Deletes the next thousand of the tokens that match, and returns when no proxy accepts them any more. All parts of
 * one deletion are undone together by its id.
 */
export async function deleteMatchingTokens(
  db: PrismaClient,
  session: Session,
  { deletionId, ...chosen }: DeleteMatchingTokensInput,
): Promise<DeleteMatchingTokensResult> {
  return changeAndConfirm<PartDeleted, never>(db, async (transaction) => {
    // Those that somebody else is just changing are waited for, in the order of ids, as everywhere.
    const found = await transaction.$queryRaw<LockedToken[]>`
      SELECT token.id, token.name, gateway.name AS "gatewayName"
      FROM authentication_token AS token JOIN gateway ON gateway.id = token.gateway_id
      WHERE token.id IN (SELECT id ${matching(session, chosen)} ORDER BY id LIMIT ${DELETED_AT_ONCE})
      ORDER BY token.id FOR UPDATE OF token`;
    const ids = found.map(({ id }) => id);
    await moveToDeleted(transaction, ids, deletionId);
    await recordAudit(transaction, session, 'token.deleted', found, found[0]?.gatewayName);
    return { ok: true, deleted: found.length, more: found.length === DELETED_AT_ONCE };
  });
}
