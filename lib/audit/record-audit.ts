import type { Session } from '#lib/auth/credentials.ts';
import type { Prisma } from '#prisma/client.ts';
import type { AuditAction } from './schema.ts';

/**
 * Writes one audit row a subject: a gateway, or what is in the gateway of that name. Takes a transaction and not the
 * client, so that a change and the record of it cannot be had without each other.
 */
export async function recordAudit(
  transaction: Prisma.TransactionClient,
  session: Session,
  action: AuditAction,
  subjects: { id: string; name: string }[],
  gatewayName?: string,
): Promise<void> {
  await transaction.auditEvent.createMany({
    data: subjects.map(({ id, name }) => ({
      accountId: session.accountId,
      actor: session.email,
      action,
      subjectId: id,
      subjectName: name,
      gatewayName: gatewayName ?? name,
    })),
  });
}
