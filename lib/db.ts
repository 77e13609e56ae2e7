import { PrismaPg } from '@prisma/adapter-pg';
import { serverEnv } from '#lib/env.ts';
import { PrismaClient } from '#prisma/client.ts';

// `next dev` evaluates modules anew on each change; one pool per process must survive that.
const holder = globalThis as typeof globalThis & { latchkeyDb?: PrismaClient };

/** The console's database client. The proxy does not use it: see `lib/proxy/store.ts`. */
export function db(): PrismaClient {
  holder.latchkeyDb ??= openDb(serverEnv().DATABASE_URL);
  return holder.latchkeyDb;
}

/** A client of its own, for commands and tests. */
export function openDb(databaseUrl: string): PrismaClient {
  const adapter = new PrismaPg({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000, max: 10 });
  return new PrismaClient({ adapter });
}
