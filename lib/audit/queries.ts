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
  const where = matching(session, query, namedActions);
  const total = await db.auditEvent.count({ where });
  const { page, offset } = locatePage(query, total);
  const rows = await db.auditEvent.findMany({
    where,
    select: auditSelect,
    orderBy: [{ at: query.order }, { id: query.order }],
    skip: offset,
    take: query.size,
  });
  return { rows: rows.map(toRow), total, page };
}

const BATCH_SIZE = 1_000;

/** The same, all pages, the latest first, a batch at a time. */
export async function* listAllAuditEvents(
  db: PrismaClient,
  session: Session,
  query: AuditQuery,
  namedActions: AuditAction[],
): AsyncGenerator<AuditRow[]> {
  const where = matching(session, query, namedActions);
  for (let last: AuditRow | undefined; ; ) {
    const after = last ? { OR: [{ at: { lt: last.at } }, { at: last.at, id: { lt: last.id } }] } : {};
    const events = await db.auditEvent.findMany({
      where: { AND: [where, after] },
      select: auditSelect,
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: BATCH_SIZE,
    });
    const rows = events.map(toRow);
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH_SIZE) return;
    last = rows.at(-1);
  }
}

function matching(session: Session, query: AuditQuery, namedActions: AuditAction[]): Prisma.AuditEventWhereInput {
  const contains = { contains: escapeLike(query.q), mode: 'insensitive' as const };
  return {
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
}

const toRow = ({ at, ...row }: Prisma.AuditEventGetPayload<{ select: typeof auditSelect }>): AuditRow => ({
  ...row,
  at: at.toISOString(),
});
