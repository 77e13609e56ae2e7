import { randomUUID } from 'node:crypto';
import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { moveToDeleted } from './deleted-tokens.ts';
import type { ChosenTokens } from './inputs.ts';
import { lockTokens, type TokensNotFound } from './lock-tokens.ts';

/** `deletionId` is what `undoDeletion` takes. */
type TokensDeleted = { ok: true; deleted: number; deletionId: string };

export type DeleteTokensResult = (TokensDeleted & { receipt: Receipt }) | TokensNotFound;

/**
 * Deletes tokens of one gateway of the session's account: all of them, or none when one of them is not there. Of
 * several deletions of one token at once, one has the effect. Returns when no proxy accepts them any more.
 */
export async function deleteTokens(
  db: PrismaClient,
  session: Session,
  chosen: ChosenTokens,
): Promise<DeleteTokensResult> {
  return changeAndConfirm<TokensDeleted, TokensNotFound>(db, async (transaction) => {
    const locked = await lockTokens(transaction, session, chosen);
    if (!locked.ok) return locked;
    const deletionId = randomUUID();
    await moveToDeleted(
      transaction,
      locked.found.map(({ id }) => id),
      deletionId,
    );
    await recordAudit(transaction, session, 'token.deleted', locked.found, locked.found[0]?.gatewayName);
    return { ok: true, deleted: locked.found.length, deletionId };
  });
}
