import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { KeyRing } from '#lib/providers/key-ring.ts';
import { findEndpointIssues, insertProvider } from '#lib/providers/mutations.ts';
import type { ProviderIssue } from '#lib/providers/schema.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import type { CreatedToken } from '#lib/tokens/schema.ts';
import { displayCharsOf, generateToken, hashToken } from '#lib/tokens/secret.ts';
import type { Prisma, PrismaClient } from '#prisma/client.ts';
import type { ConfigureGatewayInput, CreateGatewayInput, DeleteGatewaysInput } from './gateway-input.ts';
import { slugOf } from './name.ts';

const FIRST_TOKEN_NAME = 'token-user01';

export type CreateGatewayResult =
  | { ok: true; gatewayId: string /** The first token, shown once. */; firstToken: CreatedToken }
  | { ok: false; code: 'nameTaken' }
  | { ok: false; code: 'invalid'; issues: ProviderIssue[] };

/**
 * Creates a gateway of the session's account with its providers, models and first token: all or nothing. Of several
 * creations of one name at once, one wins.
 *
 * @param allowlist `UPSTREAM_ALLOWLIST`.
 */
export async function createGateway(
  db: PrismaClient,
  keyRing: KeyRing,
  allowlist: readonly string[],
  session: Session,
  { name, authenticated, providers }: CreateGatewayInput,
): Promise<CreateGatewayResult> {
  const issues = await findEndpointIssues(providers, allowlist);
  if (issues.length > 0) return { ok: false, code: 'invalid', issues };
  return db.$transaction(async (transaction) => {
    const { accountId } = session;
    const [gateway] = await transaction.gateway.createManyAndReturn({
      data: [{ accountId, name, slug: slugOf(accountId, name), authenticated }],
      // ON CONFLICT DO NOTHING: the unique index decides who was first, and the transaction goes on.
      skipDuplicates: true,
      select: { id: true, name: true },
    });
    if (!gateway) return { ok: false, code: 'nameTaken' };
    for (const provider of providers) await insertProvider(transaction, keyRing, gateway.id, provider);
    await recordAudit(transaction, session, 'gateway.created', [gateway]);
    const firstToken = await insertFirstToken(transaction, session, gateway);
    return { ok: true, gatewayId: gateway.id, firstToken };
  });
}

async function insertFirstToken(
  transaction: Prisma.TransactionClient,
  session: Session,
  gateway: { id: string; name: string },
): Promise<CreatedToken> {
  const token = generateToken();
  const row = await transaction.authenticationToken.create({
    data: {
      ...displayCharsOf(token),
      accountId: session.accountId,
      gatewayId: gateway.id,
      createdBy: session.userId,
      name: FIRST_TOKEN_NAME,
      nameKey: FIRST_TOKEN_NAME,
      hash: hashToken(token),
    },
    select: { id: true, name: true },
  });
  await recordAudit(transaction, session, 'token.created', [row], gateway.name);
  return { ...row, token };
}

export type ConfigureGatewayResult = { ok: true; receipt: Receipt } | { ok: false; code: 'gatewayNotFound' };

/** Switches authentication, disables, enables, and returns when every proxy goes by it. */
export async function configureGateway(
  db: PrismaClient,
  session: Session,
  { gatewayId, authenticated, status }: ConfigureGatewayInput,
): Promise<ConfigureGatewayResult> {
  return changeAndConfirm<{ ok: true }, { ok: false; code: 'gatewayNotFound' }>(db, async (transaction) => {
    // Locked, so that what is recorded is what this change changed.
    const [before] = await transaction.$queryRaw<{ authenticated: boolean; status: string }[]>`
      SELECT authenticated, status::text FROM gateway
      WHERE id = ${gatewayId}::uuid AND account_id = ${session.accountId} FOR UPDATE`;
    if (!before) return { ok: false, code: 'gatewayNotFound' };
    const gateway = await transaction.gateway.update({
      where: { id: gatewayId, accountId: session.accountId },
      data: { authenticated, status },
      select: { id: true, name: true },
    });
    if (before.authenticated !== authenticated) {
      const action = authenticated ? 'gateway.authentication_on' : 'gateway.authentication_off';
      await recordAudit(transaction, session, action, [gateway]);
    }
    if (before.status !== status) {
      const action = status === 'ACTIVE' ? 'gateway.enabled' : 'gateway.disabled';
      await recordAudit(transaction, session, action, [gateway]);
    }
    return { ok: true };
  });
}

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
