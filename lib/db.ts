import { PrismaPg } from '@prisma/adapter-pg';
import { LONGEST_STATEMENT_MS, openPool } from '#lib/database/open-pool.ts';
import { serverEnv } from '#lib/env.ts';
import { PrismaClient } from '#prisma/client.ts';

// `next dev` evaluates modules anew on each change; one pool per process must survive that.
const holder = globalThis as typeof globalThis & { latchkeyDb?: PrismaClient };

/** The console's database client. The proxy does not use it: see `lib/proxy/access/store.ts`. */
export function db(): PrismaClient {
  holder.latchkeyDb ??= openDb(serverEnv().DATABASE_URL);
  return holder.latchkeyDb;
}

/** A client of its own, for commands. */
export function openDb(databaseUrl: string): PrismaClient {
  const adapter = new PrismaPg(openPool(databaseUrl), { disposeExternalPool: true });
  return new PrismaClient({ adapter, transactionOptions: { timeout: LONGEST_STATEMENT_MS } });
}
