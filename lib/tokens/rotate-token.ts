import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { changeAndConfirm } from '#lib/revocation/change-and-confirm.ts';
import { Prisma, type PrismaClient } from '#prisma/client.ts';
import { NO_PREVIOUS } from './end-previous-secret.ts';
import { OVERLAP_HOURS, type RotateTokenInput } from './inputs.ts';
import { lockTokens, type TokensNotFound } from './lock-tokens.ts';
import { mask } from './queries.ts';
import type { CreatedToken } from './schema.ts';
import { displayCharsOf, generateToken, hashToken } from './secret.ts';

/** `previousUntil`: how long the old secret goes on working, ISO 8601; null when it is refused already. */
type TokenRotated = { ok: true; created: CreatedToken; previousUntil: string | null };

type RotationRefused = TokensNotFound | { ok: false; code: 'rotatedMeanwhile' };

export type RotateTokenResult = (TokenRotated & { receipt: Receipt }) | RotationRefused;

/**
 * Gives a token a new secret under the same name and id, while the old one goes on working for the overlap. A third
 * one, of a rotation before, ends at once. Returns when every proxy goes by it.
 *
 * The same request sent again, known by its `rotationId`, replaces the secret that the lost answer carried and leaves
 * the old one as it is: client apps use that. A rotation by somebody else meanwhile is not rotated again: that would end
 * the secret that client apps use, unasked.
 */
export async function rotateToken(
  db: PrismaClient,
  session: Session,
  { gatewayId, id, rotationId, masked, overlap }: RotateTokenInput,
): Promise<RotateTokenResult> {
  const token = generateToken();
  return changeAndConfirm<TokenRotated, RotationRefused>(db, async (transaction) => {
    const locked = await lockTokens(transaction, session, { gatewayId, ids: [id] });
    if (!locked.ok) return locked;
    const current = await transaction.authenticationToken.findUniqueOrThrow({
      where: { id },
      select: { creationId: true, firstChars: true, lastChars: true },
    });
    const repeated = current.creationId === rotationId;
    if (!repeated && mask(current.firstChars, current.lastChars) !== masked) {
      return { ok: false, code: 'rotatedMeanwhile' };
    }
    const previous = repeated ? Prisma.empty : keepPrevious(overlap);
    const { firstChars, lastChars } = displayCharsOf(token);
    const [row] = await transaction.$queryRaw<{ name: string; expiresAt: Date | null; previousUntil: Date | null }[]>`
      UPDATE authentication_token SET hash = ${hashToken(token)}, first_chars = ${firstChars},
        last_chars = ${lastChars}, creation_id = ${rotationId}::uuid ${previous}
      WHERE id = ${id}::uuid RETURNING name, expires_at AS "expiresAt", previous_until AS "previousUntil"`;
    if (!row) return { ok: false, code: 'tokensNotFound', missingIds: [id] };
    await recordAudit(transaction, session, 'token.rotated', locked.found, locked.found[0]?.gatewayName);
    const previousUntil = row.previousUntil?.toISOString() ?? null;
    return {
      ok: true,
      created: { id, name: row.name, token, expiresAt: row.expiresAt?.toISOString() ?? null },
      previousUntil,
    };
  });
}

/** On the right side of SET, columns are what they were before. The new secret's id is made by a trigger. */
function keepPrevious(overlap: RotateTokenInput['overlap']): Prisma.Sql {
  const hours = OVERLAP_HOURS[overlap];
  return hours === 0
    ? Prisma.sql`, ${NO_PREVIOUS}`
    : Prisma.sql`, previous_hash = hash, previous_secret_id = secret_id, previous_first_chars = first_chars,
        previous_last_chars = last_chars, previous_until = clock_timestamp() + ${hours} * interval '1 hour'`;
}
