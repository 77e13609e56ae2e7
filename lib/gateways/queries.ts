import { z } from 'zod';
import type { Session } from '#lib/auth/credentials.ts';
import { escapeLike, locatePage, type TablePage } from '#lib/table/table-query.ts';
import type { Prisma, PrismaClient } from '#prisma/client.ts';
import type { GatewayQuery, GatewayRow } from './schema.ts';

const gatewaySelect = {
  id: true,
  name: true,
  slug: true,
  status: true,
  authenticated: true,
  objectsByToken: true,
  corsOrigins: true,
  createdAt: true,
  lastRequestAt: true,
} satisfies Prisma.GatewaySelect;

type StoredGateway = Prisma.GatewayGetPayload<{ select: typeof gatewaySelect }>;

function toGatewayRow({ createdAt, lastRequestAt, ...row }: StoredGateway): GatewayRow {
  return { ...row, createdAt: createdAt.toISOString(), lastRequestAt: lastRequestAt?.toISOString() ?? null };
}

/** A gateway that was never called comes before all others, as if that had been long ago. */
function orderBy({ sort, order }: GatewayQuery): Prisma.GatewayOrderByWithRelationInput {
  if (sort === 'lastRequestAt') return { lastRequestAt: { sort: order, nulls: order === 'asc' ? 'first' : 'last' } };
  // Slugs are lower case and begin alike within an account, so they sort as names do, ignoring case.
  return { [sort === 'name' ? 'slug' : sort]: order };
}

/** One page of the gateways of the session's account. */
export async function listGateways(
  db: PrismaClient,
  session: Session,
  query: GatewayQuery,
): Promise<TablePage<GatewayRow>> {
  const where: Prisma.GatewayWhereInput = {
    accountId: session.accountId,
    ...(query.q && { name: { contains: escapeLike(query.q), mode: 'insensitive' } }),
  };
  const total = await db.gateway.count({ where });
  const { page, offset } = locatePage(query, total);
  const rows = await db.gateway.findMany({
    where,
    select: gatewaySelect,
    orderBy: [orderBy(query), { id: query.order }],
    skip: offset,
    take: query.size,
  });
  return { rows: rows.map(toGatewayRow), total, page };
}

/** A gateway of the session's account; null for an id that is unknown, malformed, or another account's. */
export async function findGateway(db: PrismaClient, session: Session, id: string): Promise<GatewayRow | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const row = await db.gateway.findFirst({ where: { id, accountId: session.accountId }, select: gatewaySelect });
  return row && toGatewayRow(row);
}
