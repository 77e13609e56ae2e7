import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import type { PrismaClient } from '#prisma/client.ts';
import type { DeleteGatewaysInput } from './inputs.ts';

type GatewaysDeleted = { ok: true; deleted: number };
type GatewaysNotFound = { ok: false; code: 'gatewaysNotFound' };

export type DeleteGatewaysResult = (GatewaysDeleted & { receipt: Receipt }) | GatewaysNotFound;

/**
 * Deletes gateways of the session's account with their tokens, providers and models: all of them, or none when one of
 * them is not there. Returns when no proxy answers for them any more.
 */
export async function deleteGateways(
  db: PrismaClient,
  session: Session,
  { ids }: DeleteGatewaysInput,
): Promise<DeleteGatewaysResult> {
  const wanted = [...new Set(ids)];
  return changeAndConfirm<GatewaysDeleted, GatewaysNotFound>(db, async (transaction) => {
    const found = await transaction.$queryRaw<{ id: string; name: string }[]>`
      SELECT id, name FROM gateway
      WHERE id = ANY(${wanted}::uuid[]) AND account_id = ${session.accountId}
      ORDER BY id FOR UPDATE`;
    if (found.length < wanted.length) return { ok: false, code: 'gatewaysNotFound' };
    await transaction.gateway.deleteMany({ where: { id: { in: wanted }, accountId: session.accountId } });
    await recordAudit(transaction, session, 'gateway.deleted', found);
    return { ok: true, deleted: found.length };
  });
}
