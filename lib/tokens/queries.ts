import { z } from 'zod';
import type { Session } from '#lib/auth/credentials.ts';
import { locatePage, type SortOrder, type TablePage } from '#lib/table/table-query.ts';
import { Prisma, type PrismaClient } from '#prisma/client.ts';
import { planListing } from './plan-listing.ts';
import { type TOKEN_SORT_COLUMNS, type TokenQuery, type TokenRow, tokenStatusSchema } from './schema.ts';

/** EXPIRED is not stored; the database's clock decides, as it does for the gateway. */
export const STATUS = Prisma.sql`CASE WHEN token.expires_at <= now() THEN 'EXPIRED' ELSE token.status::text END`;

const COLUMNS = Prisma.sql`token.id, token.name, token.first_chars, token.last_chars, token.created_at,
  token.expires_at, token.last_used_at, token.last_used_from, creator.email AS created_by, ${STATUS} AS status,
  token.previous_first_chars, token.previous_last_chars,
  CASE WHEN token.previous_until > now() THEN token.previous_until END AS previous_until,
  (SELECT coalesce(sum(requests), 0)::int FROM token_requests
    WHERE token_id = token.id AND hour > now() - interval '24 hours') AS requests`;

/**
 * Text that cannot be a parameter of a query, so it comes from here and never from a request. Each is the order of an
 * index, which also holds all that is needed to find where a page begins.
 */
const SORTS: Record<(typeof TOKEN_SORT_COLUMNS)[number], Record<SortOrder | 'columns', Prisma.Sql>> = {
  name: {
    columns: Prisma.sql`search_key`,
    asc: Prisma.sql`search_key, id`,
    desc: Prisma.sql`search_key DESC, id DESC`,
  },
  createdAt: {
    columns: Prisma.sql`created_at`,
    asc: Prisma.sql`created_at, id`,
    desc: Prisma.sql`created_at DESC, id DESC`,
  },
  status: {
    columns: Prisma.sql`status_rank, created_at`,
    asc: Prisma.sql`status_rank, created_at, id`,
    desc: Prisma.sql`status_rank DESC, created_at DESC, id DESC`,
  },
  lastUsedAt: {
    columns: Prisma.sql`last_used_at, created_at`,
    asc: Prisma.sql`last_used_at NULLS FIRST, created_at, id`,
    desc: Prisma.sql`last_used_at DESC NULLS LAST, created_at DESC, id DESC`,
  },
};

const storedRowSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    first_chars: z.string(),
    last_chars: z.string(),
    status: tokenStatusSchema,
    created_at: z.date(),
    created_by: z.string().nullable(),
    expires_at: z.date().nullable(),
    last_used_at: z.date().nullable(),
    last_used_from: z.string().nullable(),
    requests: z.int(),
    previous_first_chars: z.string().nullable(),
    previous_last_chars: z.string().nullable(),
    previous_until: z.date().nullable(),
  })
  .transform(
    (row): TokenRow => ({
      id: row.id,
      name: row.name,
      masked: mask(row.first_chars, row.last_chars),
      status: row.status,
      createdAt: row.created_at.toISOString(),
      createdBy: row.created_by,
      expiresAt: row.expires_at?.toISOString() ?? null,
      lastUsedAt: row.last_used_at?.toISOString() ?? null,
      lastUsedFrom: row.last_used_from,
      requests: row.requests,
      previous: row.previous_until && {
        masked: mask(row.previous_first_chars ?? '', row.previous_last_chars ?? ''),
        until: row.previous_until.toISOString(),
      },
    }),
  );

/** A token as it is shown after its creation. */
export function mask(firstChars: string, lastChars: string): string {
  return `lk_${firstChars}…${lastChars}`;
}

/**
 * One page of the tokens of a gateway of the session's account; no rows for any other gateway. Rows that are equal
 * by the chosen column come in the order in which they were made, so that none is on two pages.
 */
export async function listTokens(
  db: PrismaClient,
  session: Session,
  gatewayId: string,
  query: TokenQuery,
): Promise<TablePage<TokenRow>> {
  const { total, more, rows, few } = await planListing(db, session, gatewayId, query);
  const { page, offset } = locatePage(query, total);
  const count = Math.min(query.size, total - offset);
  // What can be counted from either end is counted from the nearer one: skipping rows takes time.
  const fromEnd = !more && offset > total / 2;
  const sort = SORTS[query.sort];
  const order = sort[fromEnd === (query.order === 'asc') ? 'desc' : 'asc'];
  // `OFFSET 0` keeps the database from looking for few rows in the order of all.
  const source = few ? Prisma.sql`FROM (SELECT id, ${sort.columns} ${rows} OFFSET 0) AS few` : rows;
  // The ids first: an index has them, and rows that are skipped are never read.
  const ids = Prisma.sql`SELECT id ${source} ORDER BY ${order}
    LIMIT ${count} OFFSET ${fromEnd ? total - offset - count : offset}`;
  return { rows: await readTokenRows(db, ids, sort[query.order]), total, page, more };
}

/** The tokens that a query names by their ids, as they are shown, in an order. */
export async function readTokenRows(db: PrismaClient, ids: Prisma.Sql, order: Prisma.Sql): Promise<TokenRow[]> {
  const rows = await db.$queryRaw`
    SELECT ${COLUMNS} FROM (${ids}) AS shown
    JOIN authentication_token AS token USING (id) LEFT JOIN "user" AS creator ON creator.id = token.created_by
    ORDER BY ${order}`;
  return z.array(storedRowSchema).parse(rows);
}
