import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Session } from '#lib/auth/credentials.ts';
import { inTransaction } from '#lib/database/in-transaction.ts';
import type { Prisma, PrismaClient } from '#prisma/client.ts';
import type { CreateTokensInput } from './inputs.ts';
import { findTwins, type Twin } from './look-alike.ts';
import { toNameKey } from './name.ts';
import type { CreatedToken } from './schema.ts';
import { displayCharsOf, generateToken, hashToken } from './secret.ts';

export type CreateTokensResult =
  | { ok: true; created: CreatedToken[] }
  | { ok: false; code: 'gatewayNotFound' }
  | { ok: false; code: 'nameTaken' /** As they were asked for. */; taken: string[] }
  | { ok: false; code: 'looksAlike'; twins: Twin[] };

/** As many of a gateway's tokens, the newest, are looked at for names that look like a new one: some 50 ms of work. */
const MOST_COMPARED = 20_000;

/** Ends the transaction: all or nothing. */
class NamesTakenError extends Error {
  readonly taken: string[];

  constructor(taken: string[]) {
    super('names are taken');
    this.taken = taken;
  }
}

/** Ends the transaction, too. */
class LooksAlikeError extends Error {
  readonly twins: Twin[];

  constructor(twins: Twin[]) {
    super('names look like others');
    this.twins = twins;
  }
}

type Draft = { name: string; nameKey: string; token: string };

/**
 * Creates tokens for a gateway of the session's account: all of them, or none when a name is taken, or looks like another
 * and nobody has said that this is meant. Their secrets are
 * in the result and nowhere else. Of several creations of one name at once, one wins.
 *
 * The answer may be lost on its way, and a secret cannot be shown twice. So the same request sent again, known by its
 * `creationId`, replaces what the first one made: no token is left whose secret nobody saw.
 */
export async function createTokens(
  db: PrismaClient,
  session: Session,
  input: CreateTokensInput,
): Promise<CreateTokensResult> {
  const { gatewayId, creationId } = input;
  const drafts = input.names.map((name) => ({ name, nameKey: toNameKey(name), token: generateToken() }));
  try {
    return await inTransaction<CreateTokensResult>(db, async (transaction) => {
      const gateway = await transaction.gateway.findFirst({
        where: { id: gatewayId, accountId: session.accountId },
        select: { name: true },
      });
      if (!gateway) return { ok: false, code: 'gatewayNotFound' };
      // Two copies of one request come one after the other.
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${creationId}, 0))`;
      await forgetLostCreation(transaction, session, { gatewayId, creationId, gatewayName: gateway.name });
      const rows = await insert(transaction, session, input, drafts);
      if (!input.evenIfAlike) await refuseTwins(transaction, session, input);
      await recordAudit(transaction, session, 'token.created', rows, gateway.name);
      return { ok: true, created: toCreated(drafts, rows, input.expiresAt) };
    });
  } catch (error) {
    if (error instanceof NamesTakenError) return { ok: false, code: 'nameTaken', taken: error.taken };
    if (error instanceof LooksAlikeError) return { ok: false, code: 'looksAlike', twins: error.twins };
    throw error;
  }
}

/** After the names are known to be free: that one is taken is to be told first. */
async function refuseTwins(
  transaction: Prisma.TransactionClient,
  session: Session,
  { gatewayId, creationId, names }: CreateTokensInput,
): Promise<void> {
  const existing = await transaction.authenticationToken.findMany({
    where: { accountId: session.accountId, gatewayId, OR: [{ creationId: null }, { creationId: { not: creationId } }] },
    orderBy: { createdAt: 'desc' },
    take: MOST_COMPARED,
    select: { name: true },
  });
  const twins = findTwins(
    names,
    existing.map(({ name }) => name),
  );
  if (twins.length > 0) throw new LooksAlikeError(twins);
}

/** Removes what an earlier sending of this request made, unless it was used: then its answer did arrive. */
async function forgetLostCreation(
  transaction: Prisma.TransactionClient,
  session: Session,
  { gatewayId, creationId, gatewayName }: { gatewayId: string; creationId: string; gatewayName: string },
): Promise<void> {
  const where = { gatewayId, creationId, createdBy: session.userId, lastUsedAt: null };
  const lost = await transaction.authenticationToken.findMany({ where, select: { id: true, name: true } });
  if (lost.length === 0) return;
  await transaction.authenticationToken.deleteMany({ where });
  await recordAudit(transaction, session, 'token.deleted', lost, gatewayName);
}

async function insert(
  transaction: Prisma.TransactionClient,
  session: Session,
  { gatewayId, creationId, expiresAt }: CreateTokensInput,
  drafts: Draft[],
): Promise<{ id: string; name: string }[]> {
  const owner = { accountId: session.accountId, gatewayId, createdBy: session.userId, creationId, expiresAt };
  // In the order of names: two creations of the same ones wait for each other and never in a circle.
  const data = drafts
    .toSorted((a, b) => (a.nameKey < b.nameKey ? -1 : 1))
    .map(({ name, nameKey, token }) => ({
      ...owner,
      ...displayCharsOf(token),
      name,
      nameKey,
      hash: hashToken(token),
    }));
  // ON CONFLICT DO NOTHING: the unique index decides who was first, and all that are taken are named.
  const rows = await transaction.authenticationToken.createManyAndReturn({
    data,
    skipDuplicates: true,
    select: { id: true, name: true },
  });
  const made = new Set(rows.map(({ name }) => name));
  const taken = drafts.filter(({ name }) => !made.has(name)).map(({ name }) => name);
  if (taken.length > 0) throw new NamesTakenError(taken);
  return rows;
}

/** In the order that was asked for. */
function toCreated(drafts: Draft[], rows: { id: string; name: string }[], expiresAt: Date | null): CreatedToken[] {
  const byName = new Map(rows.map((row) => [row.name, row]));
  return drafts.flatMap(({ name, token }) => {
    const row = byName.get(name);
    return row ? [{ ...row, token, expiresAt: expiresAt?.toISOString() ?? null }] : [];
  });
}
