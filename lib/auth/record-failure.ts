import { logAccess, recordAccess, type Trace } from '#lib/audit/record-access.ts';
import type { PrismaClient } from '#prisma/client.ts';
import type { SignedInUser } from './credentials.ts';
import type { Locked } from './sign-in-limit.ts';

/**
 * Records a wrong password, and what it has locked. The account whose password it was not sees it; where the address is
 * nobody's, the log tells that there was an attempt, and not with which address: people type passwords there.
 */
export async function recordFailure(
  db: PrismaClient,
  user: SignedInUser | null,
  trace: Trace,
  locks: readonly Locked[],
): Promise<void> {
  if (user) await recordAccess(db, 'user.sign_in_failed', user, trace);
  else logAccess('user.sign_in_failed', trace);
  for (const locked of locks) {
    const isUsers = locked === 'account' || locked === 'browser';
    if (user && isUsers) await recordAccess(db, 'user.sign_in_locked', user, trace);
    else logAccess('user.sign_in_locked', trace, { locks: locked });
  }
}
