import { logger } from '#lib/logger.ts';
import type { Prisma } from '#prisma/client.ts';
import { type AccessAction, NOBODY, STRANGERS_ACTIONS } from './schema.ts';

/** From where something came, as far as it is kept. */
export type Trace = {
  /** An IPv4 address, or an IPv6 network of 64 bits. Null where it is not known. */
  network: string | null;
  userAgent: string | null;
};

export type AccessSubject = { id: string; accountId: number; email: string };

/**
 * Writes into audit and log what was done to a user's way in (ASVS 5, 16.3): by the user, unless nobody had signed in
 * yet or `actor` says otherwise.
 *
 * @param transaction that of the change, or the client where there is none.
 */
export async function recordAccess(
  transaction: Prisma.TransactionClient,
  action: AccessAction,
  user: AccessSubject,
  trace: Trace,
  actor = STRANGERS_ACTIONS.some((strangers) => strangers === action) ? NOBODY : user.email,
): Promise<void> {
  await transaction.auditEvent.create({
    data: { accountId: user.accountId, actor, action, subjectId: user.id, subjectName: user.email, ...trace },
    select: { id: true },
  });
  logAccess(action, trace, { userId: user.id });
}

/** Writes into the log alone what belongs to no account. Whose address was typed is not in it. */
export function logAccess(
  event: AccessAction | 'user.sign_in_refused',
  trace: Trace,
  details: { userId?: string; why?: string; locks?: string } = {},
): void {
  logger.info({ event, ...trace, ...details }, 'access');
}

/** Deletes what is too old of what strangers caused. What users did stays: the console itself may delete nothing here. */
export async function forgetStrangers(db: Prisma.TransactionClient): Promise<void> {
  await db.$executeRaw`SELECT forget_strangers()`;
}
