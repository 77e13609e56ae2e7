import type { Session } from '#lib/auth/credentials.ts';
import { Prisma, type PrismaClient } from '#prisma/client.ts';
import { filtered } from './matching.ts';
import { readTokenRows } from './queries.ts';
import type { TokenFilter, TokenRow } from './schema.ts';

const BATCH_SIZE = 1_000;

/** All tokens of a gateway of the session's account that a filter lets through, by age, a batch at a time. */
export async function* listAllTokens(
  db: PrismaClient,
  session: Session,
  gatewayId: string,
  filter: TokenFilter,
): AsyncGenerator<TokenRow[]> {
  for (let last: TokenRow | undefined; ; ) {
    const after = last
      ? Prisma.sql`AND (created_at, id) > (${last.createdAt}::timestamptz, ${last.id}::uuid)`
      : Prisma.empty;
    const ids = Prisma.sql`SELECT id ${filtered(session, gatewayId, filter)} ${after}
      ORDER BY created_at, id LIMIT ${BATCH_SIZE}`;
    const rows = await readTokenRows(db, ids, Prisma.sql`created_at, id`);
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH_SIZE) return;
    last = rows.at(-1);
  }
}
