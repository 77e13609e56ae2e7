import { z } from 'zod';
import type { Session } from '#lib/auth/credentials.ts';
import { escapeLike, locatePage, type SortOrder, type TablePage } from '#lib/table-query.ts';
import { toNameKey } from '#lib/tokens/name.ts';
import { type TOKEN_SORT_COLUMNS, type TokenQuery, type TokenRow, tokenStatusSchema } from '#lib/tokens/schema.ts';
import { Prisma, type PrismaClient } from '#prisma/client.ts';

/** EXPIRED is not stored; the database's clock decides, as it does for the gateway. */
const STATUS = Prisma.sql`CASE WHEN expires_at <= now() THEN 'EXPIRED' ELSE status::text END`;

const COLUMNS = Prisma.sql`id, name, first_chars, last_chars, created_at, ${STATUS} AS status`;

/** Text that cannot be a parameter of a query, so it comes from here and never from a request. */
const SORT_EXPRESSIONS: Record<(typeof TOKEN_SORT_COLUMNS)[number], Prisma.Sql> = {
  name: Prisma.sql`name_key`,
  createdAt: Prisma.sql`created_at`,
  status: STATUS,
};

const DIRECTIONS: Record<SortOrder, Prisma.Sql> = { asc: Prisma.sql`ASC`, desc: Prisma.sql`DESC` };

const storedRowSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    first_chars: z.string(),
    last_chars: z.string(),
    created_at: z.date(),
    status: tokenStatusSchema,
  })
  .transform(
    (row): TokenRow => ({
      id: row.id,
      name: row.name,
      masked: `lk_${row.first_chars}…${row.last_chars}`,
      status: row.status,
      createdAt: row.created_at.toISOString(),
    }),
  );

/**
 * One page of the tokens of a gateway of the session's account; no rows for any other gateway. Rows that are equal
 * by the chosen column come in the order of their ids, so that none is on two pages.
 */
export async function listTokens(
  db: PrismaClient,
  session: Session,
  gatewayId: string,
  query: TokenQuery,
): Promise<TablePage<TokenRow>> {
  const scope = Prisma.sql`FROM authentication_token
    WHERE account_id = ${session.accountId} AND gateway_id = ${gatewayId}::uuid
    ${query.q ? Prisma.sql`AND name_key LIKE ${`%${escapeLike(toNameKey(query.q))}%`}` : Prisma.empty}`;
  const counted = await db.$queryRaw`SELECT count(*)::int AS total ${scope}`;
  const [{ total }] = z.tuple([z.object({ total: z.int() })]).parse(counted);
  const { page, offset } = locatePage(query, total);
  const direction = DIRECTIONS[query.order];
  const rows = await db.$queryRaw`SELECT ${COLUMNS} ${scope}
    ORDER BY ${SORT_EXPRESSIONS[query.sort]} ${direction}, id ${direction}
    LIMIT ${query.size} OFFSET ${offset}`;
  return { rows: z.array(storedRowSchema).parse(rows), total, page };
}
