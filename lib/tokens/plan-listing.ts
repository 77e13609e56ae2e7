import { z } from 'zod';
import type { Session } from '#lib/auth/credentials.ts';
import { Prisma, type PrismaClient } from '#prisma/client.ts';
import { countUpTo, MOST_COUNTED } from './count-tokens.ts';
import { filtered, hasPart, hasWindows, rankOf } from './matching.ts';
import type { TokenFilter } from './schema.ts';

/** So many names are looked through one by one in a few milliseconds. */
const SOON_LOOKED_THROUGH = 30_000;

/** Of those. What so many have is soon seen `MOST_COUNTED` times. */
const MANY = 3_000;

/** What a search or a filter finds, and the quickest way to it. */
export type ListingPlan = {
  /** Up to `MOST_COUNTED` of what is searched. */
  total: number;
  /** There are more than that. */
  more: boolean;
  /** `FROM … WHERE …` for them. */
  rows: Prisma.Sql;
  /** They are so few that finding all and sorting them takes less time than looking for the first ones in order. */
  few: boolean;
};

/** How many tokens a list has, and the way to them: what that costs depends on what is searched. */
export async function planListing(
  db: PrismaClient,
  session: Session,
  gatewayId: string,
  filter: TokenFilter,
): Promise<ListingPlan> {
  if (filter.q) return planSearch(db, session, gatewayId, filter);
  const rows = filtered(session, gatewayId, filter);
  if (filter.unused) return { ...capped(await countUpTo(db, rows)), rows, few: false };
  const counted = await db.$queryRaw`
    SELECT coalesce(sum(tokens), 0)::int AS total FROM token_count JOIN gateway ON gateway.id = gateway_id
    WHERE gateway_id = ${gatewayId}::uuid AND account_id = ${session.accountId}
      ${filter.status ? Prisma.sql`AND status_rank = ${rankOf(filter.status)}::smallint` : Prisma.empty}`;
  const [{ total }] = z.tuple([z.object({ total: z.int() })]).parse(counted);
  return { total, more: false, rows, few: false };
}

/**
 * A part that many names have is soon seen ten thousand times when names are looked through; one that few have is found
 * by the index of their windows. Which it is, the database's own estimates do not say of a part, so some names are
 * looked through first.
 */
async function planSearch(
  db: PrismaClient,
  session: Session,
  gatewayId: string,
  filter: TokenFilter,
): Promise<ListingPlan> {
  const looked = await db.$queryRaw`
    SELECT count(*)::int AS names, count(*) FILTER (WHERE ${hasPart(filter.q)})::int AS found FROM (
      SELECT search_key ${filtered(session, gatewayId, { ...filter, q: '' })} LIMIT ${SOON_LOOKED_THROUGH + 1}) AS looked_through`;
  const [{ names, found }] = z.tuple([z.object({ names: z.int(), found: z.int() })]).parse(looked);
  const rows = filtered(session, gatewayId, filter);
  if (names <= SOON_LOOKED_THROUGH) return { ...capped(found), rows, few: found <= MOST_COUNTED };
  const indexed = found >= MANY ? rows : Prisma.sql`${rows} AND ${hasWindows(filter.q)}`;
  const total = capped(await countUpTo(db, indexed));
  return total.more ? { ...total, rows, few: false } : { ...total, rows: indexed, few: true };
}

function capped(counted: number): { total: number; more: boolean } {
  return { total: Math.min(counted, MOST_COUNTED), more: counted > MOST_COUNTED };
}
