import type { Prisma } from '#prisma/client.ts';

/**
 * The number of the last change event that this transaction wrote (the database's triggers write them): what proxies
 * must have applied for the change to be everywhere. Call it after the change, in its transaction.
 */
export async function readLastChange(transaction: Pick<Prisma.TransactionClient, 'changeEvent'>): Promise<bigint> {
  // No other transaction writes events between this one's and its commit, so the highest number is this one's.
  const { _max } = await transaction.changeEvent.aggregate({ _max: { id: true } });
  return _max.id ?? 0n;
}
