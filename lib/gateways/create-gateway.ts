import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import { inTransaction } from '#lib/database/in-transaction.ts';
import { findEndpointIssues } from '#lib/providers/check-endpoint.ts';
import type { KeyRing } from '#lib/providers/key-ring.ts';
import type { ProviderIssue } from '#lib/providers/schema.ts';
import { insertProvider } from '#lib/providers/write-provider.ts';
import type { CreatedToken } from '#lib/tokens/schema.ts';
import { displayCharsOf, generateToken, hashToken } from '#lib/tokens/secret.ts';
import type { Prisma, PrismaClient } from '#prisma/client.ts';
import type { CreateGatewayInput } from './inputs.ts';
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
  return inTransaction<CreateGatewayResult>(db, async (transaction) => {
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
  return { ...row, token, expiresAt: null };
}
