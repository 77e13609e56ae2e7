import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import { toNameKey } from '#lib/tokens/name.ts';
import type { CreatedToken, CreateTokenInput, DeleteTokensInput } from '#lib/tokens/schema.ts';
import { displayCharsOf, generateToken, hashToken } from '#lib/tokens/secret.ts';
import type { PrismaClient } from '#prisma/client.ts';

export type CreateTokenResult =
  | { ok: true; created: CreatedToken }
  | { ok: false; code: 'gatewayNotFound' | 'nameTaken' };

/**
 * Creates a token for a gateway of the session's account. Its secret is in the result and nowhere else. Of several
 * creations of one name at once, one wins.
 */
export async function createToken(
  db: PrismaClient,
  session: Session,
  { gatewayId, name }: CreateTokenInput,
): Promise<CreateTokenResult> {
  const token = generateToken();
  const owner = { accountId: session.accountId, gatewayId, createdBy: session.userId };
  return db.$transaction(async (transaction) => {
    const gateway = await transaction.gateway.findFirst({
      where: { id: gatewayId, accountId: session.accountId },
      select: { name: true },
    });
    if (!gateway) return { ok: false, code: 'gatewayNotFound' };
    const [row] = await transaction.authenticationToken.createManyAndReturn({
      data: [{ ...owner, ...displayCharsOf(token), name, nameKey: toNameKey(name), hash: hashToken(token) }],
      // ON CONFLICT DO NOTHING: the unique index decides who was first, and the transaction goes on.
      skipDuplicates: true,
      select: { id: true, name: true },
    });
    if (!row) return { ok: false, code: 'nameTaken' };
    await recordAudit(transaction, session, 'token.created', [row], gateway.name);
    return { ok: true, created: { name, token } };
  });
}

type TokensDeleted = { ok: true; deleted: number };

type TokensNotFound = {
  ok: false;
  code: 'tokensNotFound';
  /** Those of the given ids that name no token of this gateway and account. */
  missingIds: string[];
};

export type DeleteTokensResult = (TokensDeleted & { receipt: Receipt }) | TokensNotFound;

/**
 * Deletes tokens of one gateway of the session's account: all of them, or none when one of them is not there. A
 * token of somebody else is not there either. Of several deletions of one token at once, one has the effect. Returns
 * when no proxy accepts them any more.
 */
export async function deleteTokens(
  db: PrismaClient,
  session: Session,
  { gatewayId, ids }: DeleteTokensInput,
): Promise<DeleteTokensResult> {
  const wanted = [...new Set(ids)];
  return changeAndConfirm<TokensDeleted, TokensNotFound>(db, async (transaction) => {
    // Locked in the order of their ids, so that two deletions that overlap wait for each other and never in a circle.
    const found = await transaction.$queryRaw<{ id: string; name: string; gatewayName: string }[]>`
      SELECT token.id, token.name, gateway.name AS "gatewayName"
      FROM authentication_token AS token JOIN gateway ON gateway.id = token.gateway_id
      WHERE token.id = ANY(${wanted}::uuid[]) AND token.gateway_id = ${gatewayId}::uuid
        AND token.account_id = ${session.accountId}
      ORDER BY token.id FOR UPDATE OF token`;
    const foundIds = new Set(found.map(({ id }) => id));
    const missingIds = wanted.filter((id) => !foundIds.has(id));
    if (missingIds.length > 0) return { ok: false, code: 'tokensNotFound', missingIds };
    await transaction.authenticationToken.deleteMany({
      where: { id: { in: wanted }, gatewayId, accountId: session.accountId },
    });
    await recordAudit(transaction, session, 'token.deleted', found, found[0]?.gatewayName);
    return { ok: true, deleted: found.length };
  });
}
