import { recordAccess, type Trace } from '#lib/audit/record-access.ts';
import { inTransaction } from '#lib/database/in-transaction.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { type Counter, countAttempt } from './attempt-counters.ts';
import type { Session } from './credentials.ts';
import { forgetNetworksOf } from './known-networks.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { type PasswordQueue, QueueFullError } from './password-queue.ts';
import { type PasswordProblem, passwordProblemOf } from './password-rules.ts';
import type { ChangePasswordInput } from './schema.ts';
import { LOCK_SECONDS, MOST_WRONG_PASSWORDS } from './sign-in-limit.ts';

export type ChangePasswordResult =
  /** This session as it goes on, for its cookie. */
  | { ok: true; continued: Session }
  | { ok: false; code: PasswordProblem | 'unchanged' | 'wrongCurrent' | 'busy' | 'sessionEnded' }
  | { ok: false; code: 'locked'; retryAfterSeconds: number };

/**
 * Gives the session's user another password, and ends all their other sessions. It asks for the present one, so that
 * whoever finds a browser signed in cannot keep the account (ASVS 5, 6.2.3); guesses at it are counted as at sign-in.
 */
export async function changePassword(
  db: PrismaClient,
  queue: PasswordQueue,
  session: Session,
  { current, next }: ChangePasswordInput,
  trace: Trace,
): Promise<ChangePasswordResult> {
  const problem = current === next ? 'unchanged' : passwordProblemOf(next, session.email);
  if (problem) return { ok: false, code: problem };
  try {
    return await queue.run(async () => {
      const { waitSeconds: retryAfterSeconds } = await countAttempt(db, [counterOf(session)]);
      if (retryAfterSeconds > 0) return { ok: false, code: 'locked', retryAfterSeconds };
      const { userId: id, sessionVersion } = session;
      const user = await db.user.findFirst({ where: { id, sessionVersion }, select: { passwordHash: true } });
      if (!user) return { ok: false, code: 'sessionEnded' };
      if (!(await verifyPassword(current, user.passwordHash))) return await refuseWrong(db, session, trace);
      const continued = await replaceHash(db, session, await hashPassword(next), trace);
      return continued ? { ok: true, continued } : { ok: false, code: 'sessionEnded' };
    });
  } catch (error) {
    if (error instanceof QueueFullError) return { ok: false, code: 'busy' };
    throw error;
  }
}

async function refuseWrong(db: PrismaClient, session: Session, trace: Trace): Promise<ChangePasswordResult> {
  await recordAccess(db, 'user.password_change_failed', subjectOf(session), trace);
  return { ok: false, code: 'wrongCurrent' };
}

/** Null when the session has ended: of two changes at once, one wins. */
function replaceHash(db: PrismaClient, session: Session, passwordHash: string, trace: Trace): Promise<Session | null> {
  const { userId: id, sessionVersion } = session;
  return inTransaction(db, async (transaction) => {
    const { count } = await transaction.user.updateMany({
      where: { id, sessionVersion, disabledAt: null },
      data: { passwordHash, sessionVersion: { increment: 1 } },
    });
    if (count === 0) return null;
    await transaction.signInAttempts.deleteMany({ where: { key: counterOf(session).key } });
    await forgetNetworksOf(transaction, id);
    await recordAccess(transaction, 'user.password_changed', subjectOf(session), trace);
    return { ...session, sessionVersion: sessionVersion + 1 };
  });
}

const subjectOf = ({ userId: id, accountId, email }: Session) => ({ id, accountId, email });

const counterOf = ({ userId }: Session): Counter => ({
  key: `change:${userId}`,
  most: MOST_WRONG_PASSWORDS,
  seconds: LOCK_SECONDS,
});
