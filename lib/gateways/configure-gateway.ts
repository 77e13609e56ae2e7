import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import type { PrismaClient } from '#prisma/client.ts';
import type { ConfigureGatewayInput } from './inputs.ts';

export type ConfigureGatewayResult = { ok: true; receipt: Receipt } | { ok: false; code: 'gatewayNotFound' };

/** Switches authentication and whose objects are whose, disables, enables, and returns when every proxy goes by it. */
export async function configureGateway(
  db: PrismaClient,
  session: Session,
  { gatewayId, authenticated, objectsByToken, status }: ConfigureGatewayInput,
): Promise<ConfigureGatewayResult> {
  return changeAndConfirm<{ ok: true }, { ok: false; code: 'gatewayNotFound' }>(db, async (transaction) => {
    // Locked, so that what is recorded is what this change changed.
    const [before] = await transaction.$queryRaw<
      { authenticated: boolean; objects_by_token: boolean; status: string }[]
    >`
      SELECT authenticated, objects_by_token, status::text FROM gateway
      WHERE id = ${gatewayId}::uuid AND account_id = ${session.accountId} FOR UPDATE`;
    if (!before) return { ok: false, code: 'gatewayNotFound' };
    const gateway = await transaction.gateway.update({
      where: { id: gatewayId, accountId: session.accountId },
      data: { authenticated, objectsByToken, status },
      select: { id: true, name: true },
    });
    if (before.authenticated !== authenticated) {
      const action = authenticated ? 'gateway.authentication_on' : 'gateway.authentication_off';
      await recordAudit(transaction, session, action, [gateway]);
    }
    if (before.objects_by_token !== objectsByToken) {
      const action = objectsByToken ? 'gateway.objects_by_token_on' : 'gateway.objects_by_token_off';
      await recordAudit(transaction, session, action, [gateway]);
    }
    if (before.status !== status) {
      const action = status === 'ACTIVE' ? 'gateway.enabled' : 'gateway.disabled';
      await recordAudit(transaction, session, action, [gateway]);
    }
    return { ok: true };
  });
}
