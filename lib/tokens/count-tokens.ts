import { z } from 'zod';
import type { Session } from '#lib/auth/credentials.ts';
import type { Prisma, PrismaClient } from '#prisma/client.ts';
import { filtered } from './matching.ts';
import type { TokenFilter } from './schema.ts';

/** More rows than this are not counted when a search or a filter is on: that takes longer than a page may. */
export const MOST_COUNTED = 10_000;

/** How many rows there are, up to one more than `MOST_COUNTED`. */
export async function countUpTo(db: PrismaClient, rows: Prisma.Sql): Promise<number> {
  const counted = await db.$queryRaw`
    SELECT count(*)::int AS total FROM (SELECT 1 ${rows} LIMIT ${MOST_COUNTED + 1}) AS found`;
  const [{ total }] = z.tuple([z.object({ total: z.int() })]).parse(counted);
  return total;
}

/** How many tokens of a gateway wait for a review, up to one more than `MOST_COUNTED`. */
export function countUnused(
  db: PrismaClient,
  session: Session,
  gatewayId: string,
  unused: TokenFilter['unused'],
): Promise<number> {
  return countUpTo(db, filtered(session, gatewayId, { q: '', status: '', unused }));
}
