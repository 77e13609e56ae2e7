import { Socket } from 'node:net';
import { Client, type ClientBase, Pool, type PoolClient } from 'pg';

/** As much as the longest change may take: ten thousand rows on a busy machine are a matter of seconds. */
export const LONGEST_STATEMENT_MS = 30_000;

/** Between two statements of a transaction nobody thinks: whoever is silent for so long is stopped, or gone. */
const LONGEST_PAUSE_MS = 5_000;

/** Longer than that pause: whoever waits for a lock of one that is stopped gets it. */
const LONGEST_WAIT_FOR_LOCK_MS = 10_000;

/** PostgreSQL ignores it when it is not longer than the limit of a statement. */
const LONGEST_TRANSACTION_MS = 35_000;

/** Longer than the server says nothing at any statement, so it is frozen or cut off. */
const LONGEST_SILENCE_MS = 35_000;

/** PostgreSQL before version 17 has no such limit, and would refuse a connection that names it. */
const LIMIT_TRANSACTIONS = "SELECT set_config(name, $1, false) FROM pg_settings WHERE name = 'transaction_timeout'";

/**
 * Connections for transactions, as the console makes them.
 *
 * Time limits are the server's, so that what it gives up, it also undoes, and says so. Only its silence is limited here,
 * and that ends the connection, with all that waits in it: what becomes of a statement is not known then, and one that
 * is sent later would find its transaction open. For the same reason a connection that comes back within a transaction
 * is closed.
 */
export function openPool(databaseUrl: string): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: LONGEST_STATEMENT_MS,
    lock_timeout: LONGEST_WAIT_FOR_LOCK_MS,
    idle_in_transaction_session_timeout: LONGEST_PAUSE_MS,
    stream: openSocket,
    onConnect: (client: ClientBase) => client.query(LIMIT_TRANSACTIONS, [String(LONGEST_TRANSACTION_MS)]),
  });
  pool.on('release', closeIfOpen);
  return pool;
}

/** The pool closes connections before they are idle for so long: in one that is silent, somebody waits. */
function openSocket(): Socket {
  const socket = new Socket();
  return socket.setTimeout(LONGEST_SILENCE_MS, () => socket.destroy(new Error('the database does not answer')));
}

/** The pool asks after this whether the connection can be used again; one that is ending cannot. */
function closeIfOpen(_error: Error, client: PoolClient): void {
  if (client.getTransactionStatus() === 'I' || !(client instanceof Client)) return;
  client.end().catch(() => {});
}
