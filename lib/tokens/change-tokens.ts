import { recordAudit } from '#lib/audit/record-audit.ts';
import type { AuditAction } from '#lib/audit/schema.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import { Prisma, type PrismaClient } from '#prisma/client.ts';
import type { ChosenTokens, SetTokenExpiryInput, SetTokenStatusInput } from './inputs.ts';
import { lockTokens, type TokensNotFound } from './lock-tokens.ts';

/** `changed`: those that were not so already. */
type TokensChanged = { ok: true; changed: number };

export type ChangeTokensResult = (TokensChanged & { receipt: Receipt }) | TokensNotFound;

/** Disables or enables tokens: all that are named, or none. Returns when every proxy goes by it. */
export function setTokenStatus(
  db: PrismaClient,
  session: Session,
  { status, ...chosen }: SetTokenStatusInput,
): Promise<ChangeTokensResult> {
  const action = status === 'ACTIVE' ? 'token.enabled' : 'token.disabled';
  return changeTokens(db, session, chosen, action, 'status', Prisma.sql`${status}::token_status`);
}

/**
 * Sets the moment from which tokens are refused, null for never: for all that are named, or none. One that has expired
 * works again. Returns when every proxy goes by it.
 */
export function setTokenExpiry(
  db: PrismaClient,
  session: Session,
  { expiresAt, ...chosen }: SetTokenExpiryInput,
): Promise<ChangeTokensResult> {
  return changeTokens(
    db,
    session,
    chosen,
    'token.expiry_changed',
    'expires_at',
    Prisma.sql`${expiresAt}::timestamptz(3)`,
  );
}

async function changeTokens(
  db: PrismaClient,
  session: Session,
  chosen: ChosenTokens,
  action: AuditAction,
  column: 'status' | 'expires_at',
  value: Prisma.Sql,
): Promise<ChangeTokensResult> {
  return changeAndConfirm<TokensChanged, TokensNotFound>(db, async (transaction) => {
    const locked = await lockTokens(transaction, session, chosen);
    if (!locked.ok) return locked;
    const ids = locked.found.map(({ id }) => id);
    const changed = await transaction.$queryRaw<{ id: string; name: string }[]>`
      UPDATE authentication_token SET ${Prisma.raw(column)} = ${value}
      WHERE id = ANY(${ids}::uuid[]) AND ${Prisma.raw(column)} IS DISTINCT FROM ${value} RETURNING id, name`;
    await recordAudit(transaction, session, action, changed, locked.found[0]?.gatewayName);
    return { ok: true, changed: changed.length };
  });
}
