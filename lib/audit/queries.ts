import type { Session } from '#lib/auth/credentials.ts';
import { escapeLike, locatePage, type TablePage } from '#lib/table/table-query.ts';
import type { Prisma, PrismaClient } from '#prisma/client.ts';
import type { AuditAction, AuditQuery, AuditRow } from './schema.ts';

const auditSelect = {
  id: true,
  actor: true,
  action: true,
  subjectId: true,
  subjectName: true,
  gatewayName: true,
  network: true,
  userAgent: true,
  at: true,
} satisfies Prisma.AuditEventSelect;

/**
 * One page of what was done in the session's account.
 *
 * @param namedActions the actions whose text, in the reader's language, contains what is searched for.
 */
export async function listAuditEvents(
  db: PrismaClient,
  session: Session,
  query: AuditQuery,
  namedActions: AuditAction[],
): Promise<TablePage<AuditRow>> {
  const contains = { contains: escapeLike(query.q), mode: 'insensitive' as const };
  const where: Prisma.AuditEventWhereInput = {
    accountId: session.accountId,
    ...(query.action && { action: query.action }),
    ...(query.q && {
      OR: [
        { actor: contains },
        { subjectName: contains },
        { gatewayName: contains },
        { network: contains },
        { userAgent: contains },
        { action: contains },
        { action: { in: namedActions } },
      ],
    }),
  };
  const total = await db.auditEvent.count({ where });
  const { page, offset } = locatePage(query, total);
  const rows = await db.auditEvent.findMany({
    where,
    select: auditSelect,
    orderBy: [{ at: query.order }, { id: query.order }],
    skip: offset,
    take: query.size,
  });
  return { rows: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })), total, page };
}
