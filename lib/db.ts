import { PrismaPg } from '@prisma/adapter-pg';
import { serverEnv } from '#lib/env.ts';
import { PrismaClient } from '#prisma/client.ts';

// `next dev` evaluates modules anew on each change; one pool per process must survive that.
const holder = globalThis as typeof globalThis & { latchkeyDb?: PrismaClient };

/**
 * No page waits longer for a database that has accepted a query and is silent. As much as the longest change may take:
 * see `changeAndConfirm`.
 */
const CONSOLE_QUERY_TIMEOUT_MS = 30_000;

/** The console's database client. The proxy does not use it: see `lib/proxy/access/store.ts`. */
export function db(): PrismaClient {
  holder.latchkeyDb ??= openDb(serverEnv().DATABASE_URL, CONSOLE_QUERY_TIMEOUT_MS);
  return holder.latchkeyDb;
}

/** A client of its own, for commands. @param queryTimeoutMs none by default. */
export function openDb(databaseUrl: string, queryTimeoutMs?: number): PrismaClient {
  const connection = { connectionString: databaseUrl, connectionTimeoutMillis: 5_000, max: 10 };
  const adapter = new PrismaPg({ ...connection, query_timeout: queryTimeoutMs });
  return new PrismaClient({ adapter });
}
