import type { Session } from '#lib/auth/credentials.ts';
import type { Prisma } from '#prisma/client.ts';
import type { ChosenTokens } from './inputs.ts';

export type LockedToken = { id: string; name: string; gatewayName: string };

export type TokensNotFound = {
  ok: false;
  code: 'tokensNotFound';
  /** Those of the given ids that name no token of this gateway and account. */
  missingIds: string[];
};

/**
 * Locks tokens of one gateway of the session's account until the transaction ends: all of them, or none when one of
 * them is not there. A token of somebody else is not there either.
 */
export async function lockTokens(
  transaction: Prisma.TransactionClient,
  session: Session,
  { gatewayId, ids }: ChosenTokens,
): Promise<{ ok: true; found: LockedToken[] } | TokensNotFound> {
  const wanted = [...new Set(ids)];
  // In the order of their ids, so that two changes that overlap wait for each other and never in a circle.
  const found = await transaction.$queryRaw<LockedToken[]>`
    SELECT token.id, token.name, gateway.name AS "gatewayName"
    FROM authentication_token AS token JOIN gateway ON gateway.id = token.gateway_id
    WHERE token.id = ANY(${wanted}::uuid[]) AND token.gateway_id = ${gatewayId}::uuid
      AND token.account_id = ${session.accountId}
    ORDER BY token.id FOR UPDATE OF token`;
  const foundIds = new Set(found.map(({ id }) => id));
  const missingIds = wanted.filter((id) => !foundIds.has(id));
  return missingIds.length > 0 ? { ok: false, code: 'tokensNotFound', missingIds } : { ok: true, found };
}
