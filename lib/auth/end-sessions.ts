import { recordAccess, type Trace } from '#lib/audit/record-access.ts';
import { inTransaction } from '#lib/database/in-transaction.ts';
import type { Prisma, PrismaClient } from '#prisma/client.ts';
import type { Session } from './credentials.ts';

/**
 * Ends all sessions of the user: their cookies fail at the next request. A session that has already ended ends no
 * other.
 */
export async function endSessions(db: PrismaClient, session: Session, trace: Trace): Promise<void> {
  await inTransaction(db, async (transaction) => {
    if (await raiseVersion(transaction, session)) await record(transaction, 'user.signed_out', session, trace);
  });
}

/**
 * Ends all sessions of the user but this one.
 *
 * @returns this session as it goes on, for its cookie; null when it has already ended.
 */
export async function endOtherSessions(db: PrismaClient, session: Session, trace: Trace): Promise<Session | null> {
  return inTransaction(db, async (transaction) => {
    const continued = await raiseVersion(transaction, session);
    if (continued) await record(transaction, 'user.other_sessions_ended', session, trace);
    return continued;
  });
}

/** The version in the condition lets one of several changes at once win. Null when the session has ended. */
async function raiseVersion(transaction: Prisma.TransactionClient, session: Session): Promise<Session | null> {
  const { count } = await transaction.user.updateMany({
    where: { id: session.userId, sessionVersion: session.sessionVersion, disabledAt: null },
    data: { sessionVersion: { increment: 1 } },
  });
  return count === 0 ? null : { ...session, sessionVersion: session.sessionVersion + 1 };
}

function record(
  transaction: Prisma.TransactionClient,
  action: 'user.signed_out' | 'user.other_sessions_ended',
  { userId: id, accountId, email }: Session,
  trace: Trace,
): Promise<void> {
  return recordAccess(transaction, action, { id, accountId, email }, trace);
}
