import { recordAccess } from '#lib/audit/record-access.ts';
import { SYSTEM } from '#lib/audit/schema.ts';
import { inTransaction } from '#lib/database/in-transaction.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { forgetNetworksOf } from './known-networks.ts';
import { hashPassword } from './password.ts';

/** So many addresses are easily read. */
const MOST_NAMED = 10;

/**
 * Gives the user with this address that password, enables them, and ends their sessions: for whoever has the machine.
 *
 * @returns null when it is done; else the addresses that are users', the first of them, and how many more there are.
 */
export async function setPassword(
  db: PrismaClient,
  email: string,
  password: string,
): Promise<{ users: string[]; more: number } | null> {
  const passwordHash = await hashPassword(password);
  const isDone = await inTransaction(db, async (transaction) => {
    const where = { email };
    const user = await transaction.user.findUnique({ where, select: { id: true, accountId: true, email: true } });
    if (!user) return false;
    const data = { passwordHash, sessionVersion: { increment: 1 }, disabledAt: null };
    await transaction.user.update({ where, data, select: { id: true } });
    await forgetNetworksOf(transaction, user.id);
    await recordAccess(transaction, 'user.password_changed', user, { network: null, userAgent: null }, SYSTEM);
    return true;
  });
  if (isDone) return null;
  const users = await db.user.findMany({ select: { email: true }, orderBy: { createdAt: 'asc' }, take: MOST_NAMED });
  return { users: users.map((user) => user.email), more: (await db.user.count()) - users.length };
}

/** What to give `ADMIN_EMAIL`, in one line. */
export function describeUsers({ users, more }: { users: string[]; more: number }): string {
  if (users.length === 0) return 'There are no users yet: the first start makes one.';
  const named = [...users, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return `ADMIN_EMAIL must be the address of a user: ${named}.`;
}
