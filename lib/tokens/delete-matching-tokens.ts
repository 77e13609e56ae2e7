import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { moveToDeleted } from './deleted-tokens.ts';
import type { DeleteMatchingTokensInput } from './inputs.ts';
import { matching } from './matching.ts';

/** Few enough that other changes need not wait long, and progress is seen. */
const DELETED_AT_ONCE = 1_000;

/**
 * `more`: whether some may be left. The caller goes on with the same input until there are none, and is then told how
 * many this deletion has taken in all parts that can be undone, also in those whose answer was lost.
 */
type PartDeleted =
  | { ok: true; deleted: number; more: true }
  | { ok: true; deleted: number; more: false; inAll: number };

type GatewayNotFound = { ok: false; code: 'gatewayNotFound' };

export type DeleteMatchingTokensResult = (PartDeleted & { receipt: Receipt }) | GatewayNotFound;

/**
 * Deletes the next thousand of the tokens that match, and returns when no proxy accepts them any more. All parts of
 * one deletion are undone together by its id.
 */
export async function deleteMatchingTokens(
  db: PrismaClient,
  session: Session,
  { deletionId, ...chosen }: DeleteMatchingTokensInput,
): Promise<DeleteMatchingTokensResult> {
  return changeAndConfirm<PartDeleted, GatewayNotFound>(db, async (transaction) => {
    const gateway = await transaction.gateway.findFirst({
      where: { id: chosen.gatewayId, accountId: session.accountId },
      select: { name: true },
    });
    if (!gateway) return { ok: false, code: 'gatewayNotFound' };
    // In no order: an index gives those that match, and the order of ids would be a walk through all tokens.
    const next = await transaction.$queryRaw<{ id: string }[]>`
      SELECT id ${matching(session, chosen)} LIMIT ${DELETED_AT_ONCE}`;
    // Judged again once they are locked, in the order of ids, as everywhere.
    const found = await transaction.$queryRaw<{ id: string; name: string }[]>`
      SELECT id, name ${matching(session, chosen)} AND id = ANY(${next.map(({ id }) => id)}::uuid[])
      ORDER BY id FOR UPDATE`;
    const ids = found.map(({ id }) => id);
    await moveToDeleted(transaction, ids, deletionId);
    await recordAudit(transaction, session, 'token.deleted', found, gateway.name);
    const deleted = found.length;
    if (next.length === DELETED_AT_ONCE) return { ok: true, deleted, more: true };
    const where = { deletionId, gatewayId: chosen.gatewayId, accountId: session.accountId };
    return { ok: true, deleted, more: false, inAll: await transaction.deletedToken.count({ where }) };
  });
}
