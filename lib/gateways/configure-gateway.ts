import { recordAudit } from '#lib/audit/record-audit.ts';
import type { AuditAction } from '#lib/audit/schema.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import type { Prisma, PrismaClient } from '#prisma/client.ts';
import { MOST_CORS_ORIGINS } from './cors-origins.ts';
import type { ConfigureGatewayInput } from './inputs.ts';

type NotConfigured = { ok: false; code: 'gatewayNotFound' | 'tooManyOrigins' };

export type ConfigureGatewayResult = { ok: true; receipt: Receipt } | NotConfigured;

/**
 * Switches authentication and whose objects are whose, disables, enables, adds and removes web origins, and returns when
 * every proxy goes by it. What is not given stays as it is.
 */
export async function configureGateway(
  db: PrismaClient,
  session: Session,
  { gatewayId, authenticated, objectsByToken, status, originsAdded = [], originsRemoved = [] }: ConfigureGatewayInput,
): Promise<ConfigureGatewayResult> {
  return changeAndConfirm<{ ok: true }, NotConfigured>(db, async (transaction) => {
    // Locked, so that what is recorded is what this change changed.
    const [before] = await transaction.$queryRaw<
      { authenticated: boolean; objectsByToken: boolean; status: string; corsOrigins: string[] }[]
    >`
      SELECT authenticated, objects_by_token AS "objectsByToken", status::text, cors_origins AS "corsOrigins"
      FROM gateway WHERE id = ${gatewayId}::uuid AND account_id = ${session.accountId} FOR UPDATE`;
    if (!before) return { ok: false, code: 'gatewayNotFound' };
    const kept = before.corsOrigins.filter((origin) => !originsRemoved.includes(origin));
    const corsOrigins = [...new Set([...kept, ...originsAdded])];
    if (corsOrigins.length > MOST_CORS_ORIGINS) return { ok: false, code: 'tooManyOrigins' };
    const after = await transaction.gateway.update({
      where: { id: gatewayId, accountId: session.accountId },
      data: { authenticated, objectsByToken, status, corsOrigins },
      select: { id: true, name: true, authenticated: true, objectsByToken: true, status: true },
    });
    if (before.authenticated !== after.authenticated) {
      const action = after.authenticated ? 'gateway.authentication_on' : 'gateway.authentication_off';
      await recordAudit(transaction, session, action, [after]);
    }
    if (before.objectsByToken !== after.objectsByToken) {
      const action = after.objectsByToken ? 'gateway.objects_by_token_on' : 'gateway.objects_by_token_off';
      await recordAudit(transaction, session, action, [after]);
    }
    if (before.status !== after.status) {
      const action = after.status === 'ACTIVE' ? 'gateway.enabled' : 'gateway.disabled';
      await recordAudit(transaction, session, action, [after]);
    }
    await recordOrigins(transaction, session, after, before.corsOrigins, corsOrigins);
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
