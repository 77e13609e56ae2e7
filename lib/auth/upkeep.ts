import { forgetStrangers } from '#lib/audit/record-access.ts';
import { logger } from '#lib/logger.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { deleteExpiredCounts } from './attempt-counters.ts';
import { forgetOldNetworks } from './known-networks.ts';

const UPKEEP_EVERY_MS = 60_000;

/** Deletes what the passing of time makes void of sign-ins, once a minute and for as long as the process runs. */
export function startSignInUpkeep(db: PrismaClient): void {
  const run = async () => {
    await tendSignIns(db).catch((error: unknown) => logger.warn({ err: error }, 'upkeep of sign-ins failed'));
    setTimeout(run, UPKEEP_EVERY_MS).unref();
  };
  void run();
}

/** Several processes may do so at once. */
export async function tendSignIns(db: PrismaClient): Promise<void> {
  await deleteExpiredCounts(db);
  await forgetOldNetworks(db);
  await forgetStrangers(db);
}
