import { Client } from 'pg';
import { AppError } from '#lib/errors.ts';
import { probeListen } from '#lib/process/readiness.ts';

/** Any constant will do; it only has to differ from other users of advisory locks in the same database. */
const RUNNING_LOCK_ID = 7_203_420;

const LISTEN_PROBLEMS: Record<string, string> = {
  EADDRINUSE: 'is taken by another program (another Latchkey?). Stop that, or set PORT to a free one.',
  EACCES: 'may not be used by this user. Set PORT to one above 1023.',
  EADDRNOTAVAIL: 'cannot be opened: HOST is not an address of this machine.',
};

/** @throws AppError `cannot_start` saying what is wrong with the address, if a server cannot listen there. */
export async function assertCanListen(port: number, host: string): Promise<void> {
  const outcome = await probeListen(port, host);
  if (outcome === true) return;
  const problem = LISTEN_PROBLEMS[outcome] ?? `cannot be opened (${outcome}).`;
  throw new AppError('cannot_start', { detail: `PORT ${port} on ${host} ${problem}` });
}

/** @throws AppError `database_unavailable` saying which database does not answer and why, without its password. */
export async function assertDatabaseAnswers(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.end();
  } catch (cause) {
    const { host, pathname } = new URL(databaseUrl);
    const reason = cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : '') : '';
    const detail = `DATABASE_URL: the database ${pathname.slice(1)} at ${host} does not answer (${reason}).`;
    throw new AppError('database_unavailable', { cause, detail });
  }
}

/**
 * Makes sure that one supervisor at a time uses an embedded database. The lock is the database's own, so it ends
 * with the process, however that ends.
 *
 * @throws AppError `cannot_start` when another supervisor holds it.
 */
export async function lockEmbeddedDatabase(databaseUrl: string, dataDir: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  // The connection ends when the database is stopped, which is as it should be.
  client.on('error', () => {});
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [RUNNING_LOCK_ID]);
  if (rows[0]?.held) return;
  await client.end();
  throw new AppError('cannot_start', {
    detail: `Latchkey already runs with the data in ${dataDir}. Stop it, or set LATCHKEY_DATA_DIR to another directory.`,
  });
}
