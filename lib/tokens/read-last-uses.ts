import type { Session } from '#lib/auth/credentials.ts';
import type { PrismaClient } from '#prisma/client.ts';
import type { ChosenTokens } from './inputs.ts';

export type LastUse = { id: string; lastUsedAt: string | null; lastUsedFrom: string | null };

/** When these tokens were last used; those that are not there are left out. */
export async function readLastUses(
  db: PrismaClient,
  session: Session,
  { gatewayId, ids }: ChosenTokens,
): Promise<LastUse[]> {
  const rows = await db.authenticationToken.findMany({
    where: { id: { in: ids }, gatewayId, accountId: session.accountId },
    select: { id: true, lastUsedAt: true, lastUsedFrom: true },
  });
  return rows.map(({ lastUsedAt, ...row }) => ({ ...row, lastUsedAt: lastUsedAt?.toISOString() ?? null }));
}
