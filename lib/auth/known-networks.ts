import type { Prisma, PrismaClient } from '#prisma/client.ts';

/** A network is forgotten when its user did not sign in from it for so long. */
const KNOWN_DAYS = 90;

/** Of each user, those that they last signed in from. */
const MOST_NETWORKS = 8;

/** Notes that the user has signed in from there. */
export async function rememberNetwork(db: PrismaClient, userId: string, network: string): Promise<void> {
  await db.$executeRaw`
    INSERT INTO sign_in_network (user_id, network, last_at) VALUES (${userId}::uuid, ${network}, clock_timestamp())
    ON CONFLICT (user_id, network) DO UPDATE SET last_at = excluded.last_at`;
  await db.$executeRaw`
    DELETE FROM sign_in_network WHERE user_id = ${userId}::uuid AND network NOT IN (
      SELECT network FROM sign_in_network WHERE user_id = ${userId}::uuid
      ORDER BY last_at DESC LIMIT ${MOST_NETWORKS})`;
}

/** Whether anybody signs in from there. */
export async function isKnownNetwork(db: PrismaClient, network: string): Promise<boolean> {
  return (await db.signInNetwork.findFirst({ where: { network, lastAt: { gt: oldest() } } })) !== null;
}

/**
 * Whether the user signs in from there; or, of one who never did so anywhere, whether others of the account do: they
 * all come from an office, or from a proxy that hides them.
 */
export async function isKnownTo(db: PrismaClient, user: KnownUser, network: string): Promise<boolean> {
  const lastAt = { gt: oldest() };
  const own = await db.signInNetwork.findMany({ where: { userId: user.id, lastAt }, select: { network: true } });
  if (own.length > 0) return own.some((row) => row.network === network);
  const colleague = { network, lastAt, user: { accountId: user.accountId } };
  return (await db.signInNetwork.findFirst({ where: colleague })) !== null;
}

type KnownUser = { id: string; accountId: number };

/** With another password, nobody is known any more from where they came with the old one: it may have leaked. */
export async function forgetNetworksOf(db: Prisma.TransactionClient, userId: string): Promise<void> {
  await db.signInNetwork.deleteMany({ where: { userId } });
}

/** Deletes what is too old to count. */
export async function forgetOldNetworks(db: PrismaClient): Promise<void> {
  await db.signInNetwork.deleteMany({ where: { lastAt: { lte: oldest() } } });
}

const oldest = () => new Date(Date.now() - KNOWN_DAYS * 86_400_000);
