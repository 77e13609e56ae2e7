import { inTransaction } from '#lib/database/in-transaction.ts';
import type { Prisma, PrismaClient } from '#prisma/client.ts';
import { awaitReceipt, type Receipt } from './await-receipt.ts';

/**
 * Runs a change in a transaction, and returns when no proxy goes by what was before. A change that has not succeeded
 * (`ok` is false) changed nothing, and nobody is waited for.
 */
export async function changeAndConfirm<Done extends { ok: true }, Failed extends { ok: false }>(
  db: PrismaClient,
  change: (transaction: Prisma.TransactionClient) => Promise<Done | Failed>,
): Promise<(Done & { receipt: Receipt }) | Failed> {
  const result = await inTransaction(db, change);
  return result.ok ? { ...result, receipt: await awaitReceipt(db) } : result;
}
