import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { SupervisorLock } from './supervisor-lock.ts';

const LOCK_ID = 7_203_420;

let databaseUrl: string;
let admin: Client;
const locks: SupervisorLock[] = [];

beforeAll(async () => {
  databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  admin = new Client({ connectionString: databaseUrl });
  await admin.connect();
});
afterEach(async () => {
  await Promise.all(locks.splice(0).map((lock) => lock.release()));
  await expect.poll(holders).toEqual([]);
});
afterAll(() => admin.end());

function makeLock(onLost = () => {}): SupervisorLock {
  const lock = new SupervisorLock(databaseUrl, onLost);
  locks.push(lock);
  return lock;
}

/** The server processes that hold the lock, other than this test's own. */
async function holders(): Promise<number[]> {
  const { rows } = await admin.query<{ pid: number }>(
    `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND granted AND pid <> pg_backend_pid()
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [LOCK_ID],
  );
  return rows.map(({ pid }) => pid);
}

test('one supervisor at a time has it', async () => {
  await makeLock().take('/data');
  await expect(makeLock().take('/data')).rejects.toThrow(/already runs with the data in \/data/);
});

test('when the database ends the connection it is taken again', async () => {
  const lock = makeLock();
  await lock.take('/data');
  const [before] = await holders();
  await admin.query('SELECT pg_terminate_backend($1)', [before]);
  // The first one still has it until it has ended.
  await expect.poll(async () => (await holders()).some((pid) => pid !== before)).toBe(true);
  await expect(makeLock().take('/data')).rejects.toThrow('already runs');
});

test('when another has taken it meanwhile, the first is told', async () => {
  const lost = Promise.withResolvers<void>();
  await makeLock(lost.resolve).take('/data');
  // Ended and taken in one go: nobody can come between.
  await admin.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND objid = ${LOCK_ID}
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
     SELECT pg_advisory_lock(${LOCK_ID})`,
  );
  await lost.promise;
  await admin.query('SELECT pg_advisory_unlock($1)', [LOCK_ID]);
});
