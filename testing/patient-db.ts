import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '#prisma/client.ts';

/** Only a database that hangs takes so long. */
const PATIENCE_MS = 60_000;

/**
 * A database client that waits where the console's gives up: tests do much at once, on a machine that does much else,
 * and none is about how long a connection or a transaction of its own takes.
 */
export function openPatientDb(databaseUrl: string): PrismaClient {
  const adapter = new PrismaPg({ connectionString: databaseUrl, max: 10 });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: PATIENCE_MS, timeout: PATIENCE_MS } });
}
