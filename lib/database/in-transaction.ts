import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import { AppError } from '#lib/errors.ts';
import { Prisma, type PrismaClient } from '#prisma/client.ts';

/** Prisma's: the transaction had taken too long, and was rolled back. */
const TRANSACTION_CLOSED = 'P2028';
/** pg's, which has no code for it: the connection was broken before, and nothing was sent. */
const NEVER_SENT = 'Client has encountered a connection error and is not queryable';

/**
 * Makes a change: all of it or nothing. Whatever it throws, nothing was done, with one exception.
 *
 * @throws AppError `outcome_unknown` when the database was told to commit and its answer did not come; else what `change`
 *   and the database throw.
 */
export async function inTransaction<Result>(
  db: PrismaClient,
  change: (transaction: Prisma.TransactionClient) => Promise<Result>,
): Promise<Result> {
  let committing = false;
  try {
    return await db.$transaction(async (transaction) => {
      const result = await change(transaction);
      committing = true;
      return result;
    });
  } catch (error) {
    if (!committing || isUndone(error)) throw error;
    throw new AppError('outcome_unknown', { cause: error });
  }
}

/** Whether a commit was refused or never sent: an ERROR leaves nothing done, a FATAL one may come after the commit. */
function isUndone(error: unknown): boolean {
  if (error instanceof Error && error.message === NEVER_SENT) return true;
  if (error instanceof Prisma.PrismaClientKnownRequestError) return error.code === TRANSACTION_CLOSED;
  if (!isDriverAdapterError(error) || error.cause.originalCode === undefined) return false;
  return error.cause.kind !== 'postgres' || error.cause.severity === 'ERROR';
}
