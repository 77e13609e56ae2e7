import type { PrismaClient } from '#prisma/client.ts';

/** All that changes in the console change, in an order that does not depend on anything. */
export async function readState(db: PrismaClient) {
  const orderBy = { id: 'asc' } as const;
  return {
    tokens: await db.authenticationToken.findMany({ orderBy }),
    deleted: await db.deletedToken.findMany({ orderBy }),
    gateways: await db.gateway.findMany({ orderBy }),
    providers: await db.provider.findMany({ orderBy, include: { models: { orderBy } } }),
    sessions: await db.user.findMany({ orderBy, select: { id: true, sessionVersion: true } }),
    audit: await db.auditEvent.findMany({ orderBy }),
  };
}
