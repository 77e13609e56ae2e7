import { Client } from 'pg';
import { AppError } from '#lib/errors.ts';
import { probeListen } from '#lib/process/readiness.ts';

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

/**
 * @param setting which names the database.
 * @throws AppError `database_unavailable` saying which database does not answer and why, without its password.
 */
export async function assertDatabaseAnswers(setting: string, databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.end();
  } catch (cause) {
    const { host, pathname } = new URL(databaseUrl);
    const reason = cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : '') : '';
    const detail = `${setting}: the database ${pathname.slice(1)} at ${host} does not answer (${reason}).`;
    throw new AppError('database_unavailable', { cause, detail });
  }
}
