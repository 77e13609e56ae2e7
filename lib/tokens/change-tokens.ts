import { recordAudit } from '#lib/audit/record-audit.ts';
import type { AuditAction } from '#lib/audit/schema.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import { Prisma, type PrismaClient } from '#prisma/client.ts';
import type { SetTokenExpiryInput, SetTokenStatusInput } from './inputs.ts';
import { type LockedToken, lockTokens, type TokensNotFound } from './lock-tokens.ts';

/** `changed`: those that were not so already. */
type TokensChanged = { ok: true; changed: number };

export type ChangeTokensResult = (TokensChanged & { receipt: Receipt }) | TokensNotFound;

/** Somebody else has set another expiry since it was shown: this one, ISO 8601. */
type ExpiryConflict = { ok: false; code: 'changedMeanwhile'; expiresAt: string | null };

export type SetTokenExpiryResult = ChangeTokensResult | ExpiryConflict;

/** Disables or enables tokens: all that are named, or none. Returns when every proxy goes by it. */
export function setTokenStatus(
  db: PrismaClient,
  session: Session,
  { status, ...chosen }: SetTokenStatusInput,
): Promise<ChangeTokensResult> {
  const action = status === 'ACTIVE' ? 'token.enabled' : 'token.disabled';
  return changeAndConfirm<TokensChanged, TokensNotFound>(db, async (transaction) => {
    const locked = await lockTokens(transaction, session, chosen);
    if (!locked.ok) return locked;
    return changeLocked(transaction, session, locked.found, action, 'status', Prisma.sql`${status}::token_status`);
  });
}

/**
 * Sets the moment from which tokens are refused, null for never: for all that are named, or none. One that has expired
 * works again. Returns when every proxy goes by it.
 */
export function setTokenExpiry(
  db: PrismaClient,
  session: Session,
  { expiresAt, seen, ...chosen }: SetTokenExpiryInput,
): Promise<SetTokenExpiryResult> {
  const value = Prisma.sql`${expiresAt}::timestamptz(3)`;
  return changeAndConfirm<TokensChanged, TokensNotFound | ExpiryConflict>(db, async (transaction) => {
    const locked = await lockTokens(transaction, session, chosen);
    if (!locked.ok) return locked;
    const other = seen === undefined ? undefined : await findOtherExpiry(transaction, locked.found, [seen, expiresAt]);
    if (other) return { ok: false, code: 'changedMeanwhile', expiresAt: other.expiresAt?.toISOString() ?? null };
    return changeLocked(transaction, session, locked.found, 'token.expiry_changed', 'expires_at', value);
  });
}

/** Of these tokens one that has none of the given expiries. */
async function findOtherExpiry(
  transaction: Prisma.TransactionClient,
  tokens: readonly LockedToken[],
  expected: readonly (Date | null)[],
): Promise<{ expiresAt: Date | null } | undefined> {
  const stored = await transaction.authenticationToken.findMany({
    where: { id: { in: tokens.map(({ id }) => id) } },
    select: { expiresAt: true },
    distinct: ['expiresAt'],
  });
  return stored.find(({ expiresAt }) => !expected.some((at) => at?.getTime() === expiresAt?.getTime()));
}

async function changeLocked(
  transaction: Prisma.TransactionClient,
  session: Session,
  tokens: readonly LockedToken[],
  action: AuditAction,
  column: 'status' | 'expires_at',
  value: Prisma.Sql,
): Promise<TokensChanged> {
  const ids = tokens.map(({ id }) => id);
  const changed = await transaction.$queryRaw<{ id: string; name: string }[]>`
    UPDATE authentication_token SET ${Prisma.raw(column)} = ${value}
    WHERE id = ANY(${ids}::uuid[]) AND ${Prisma.raw(column)} IS DISTINCT FROM ${value} RETURNING id, name`;
  await recordAudit(transaction, session, action, changed, tokens[0]?.gatewayName);
  return { ok: true, changed: changed.length };
}
