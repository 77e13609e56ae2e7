import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import { Prisma, type PrismaClient } from '#prisma/client.ts';
import type { EndPreviousInput } from './inputs.ts';
import { lockTokens, type TokensNotFound } from './lock-tokens.ts';
import { mask } from './queries.ts';

/** What a token without an old secret has. */
export const NO_PREVIOUS = Prisma.sql`previous_hash = NULL, previous_secret_id = NULL, previous_first_chars = NULL,
  previous_last_chars = NULL, previous_until = NULL`;

type PreviousEnded = { ok: true; name: string };

export type EndPreviousSecretResult =
  | (PreviousEnded & { receipt: Receipt })
  | TokensNotFound
  /** It ended by itself, or somebody was faster. */
  | { ok: false; code: 'noPreviousSecret' }
  /** The old secret is another one by now. */
  | { ok: false; code: 'rotatedMeanwhile' };

/** Ends the old secret of a token before its time. Returns when no proxy accepts it and what it had open is cut. */
export async function endPreviousSecret(
  db: PrismaClient,
  session: Session,
  { gatewayId, id, masked }: EndPreviousInput,
): Promise<EndPreviousSecretResult> {
  return changeAndConfirm<PreviousEnded, Exclude<EndPreviousSecretResult, { ok: true }>>(db, async (transaction) => {
    const locked = await lockTokens(transaction, session, { gatewayId, ids: [id] });
    if (!locked.ok) return locked;
    const { previousFirstChars, previousLastChars } = await transaction.authenticationToken.findUniqueOrThrow({
      where: { id },
      select: { previousFirstChars: true, previousLastChars: true },
    });
    if (previousFirstChars === null || previousLastChars === null) return { ok: false, code: 'noPreviousSecret' };
    if (mask(previousFirstChars, previousLastChars) !== masked) return { ok: false, code: 'rotatedMeanwhile' };
    const [ended] = await transaction.$queryRaw<{ name: string }[]>`
      UPDATE authentication_token SET ${NO_PREVIOUS}
      WHERE id = ${id}::uuid AND previous_until > clock_timestamp() RETURNING name`;
    if (!ended) return { ok: false, code: 'noPreviousSecret' };
    await recordAudit(transaction, session, 'token.previous_secret_ended', locked.found, locked.found[0]?.gatewayName);
    return { ok: true, name: ended.name };
  });
}
