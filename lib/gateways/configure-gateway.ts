import { recordAudit } from '#lib/audit/record-audit.ts';
import type { AuditAction } from '#lib/audit/schema.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import type { Prisma, PrismaClient } from '#prisma/client.ts';
import type { ConfigureGatewayInput } from './inputs.ts';

export type ConfigureGatewayResult = { ok: true; receipt: Receipt } | { ok: false; code: 'gatewayNotFound' };

/**
 * Switches authentication and whose objects are whose, disables, enables, lists web origins, and returns when every proxy
 * goes by it.
 */
export async function configureGateway(
  db: PrismaClient,
  session: Session,
  { gatewayId, authenticated, objectsByToken, status, corsOrigins }: ConfigureGatewayInput,
): Promise<ConfigureGatewayResult> {
  return changeAndConfirm<{ ok: true }, { ok: false; code: 'gatewayNotFound' }>(db, async (transaction) => {
    // Locked, so that what is recorded is what this change changed.
    const [before] = await transaction.$queryRaw<
      { authenticated: boolean; objects_by_token: boolean; status: string; corsOrigins: string[] }[]
    >`
      SELECT authenticated, objects_by_token, status::text, cors_origins AS "corsOrigins" FROM gateway
      WHERE id = ${gatewayId}::uuid AND account_id = ${session.accountId} FOR UPDATE`;
    if (!before) return { ok: false, code: 'gatewayNotFound' };
    const gateway = await transaction.gateway.update({
      where: { id: gatewayId, accountId: session.accountId },
      data: { authenticated, objectsByToken, status, corsOrigins },
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
    await recordOrigins(transaction, session, gateway, before.corsOrigins, corsOrigins);
    return { ok: true };
  });
}

/** A row for each origin that came or went, so that the record says which. */
async function recordOrigins(
  transaction: Prisma.TransactionClient,
  session: Session,
  { id, name }: { id: string; name: string },
  before: readonly string[],
  after: readonly string[],
): Promise<void> {
  const record = (action: AuditAction, origins: readonly string[]) => {
    const subjects = origins.map((origin) => ({ id, name: origin }));
    return recordAudit(transaction, session, action, subjects, name);
  };
  const [gone, added] = [
    before.filter((origin) => !after.includes(origin)),
    after.filter((origin) => !before.includes(origin)),
  ];
  await record('gateway.origin_removed', gone);
  await record('gateway.origin_allowed', added);
}
