import type { Pool } from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { openPool } from './open-pool.ts';

let pool: Pool;
beforeEach(async () => {
  pool = openPool(await createTestDatabase(inject('templateDatabaseUrl')));
});
afterEach(() => pool.end());

async function readPid(): Promise<number> {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}

test('every connection has the time limits of the server, each longer than those within it', async () => {
  const { rows } = await pool.query<{ name: string; ms: string }>(
    `SELECT name, setting AS ms FROM pg_settings WHERE name LIKE '%timeout' AND source IN ('client', 'session')`,
  );
  const limits = Object.fromEntries(rows.map(({ name, ms }) => [name, Number(ms)]));
  expect(limits).toEqual({
    statement_timeout: 30_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 5_000,
    transaction_timeout: 35_000,
  });
});

test('a connection that is given back is used again', async () => {
  expect(await readPid()).toBe(await readPid());
});

test.each(['SELECT 1', 'SELECT 1/0'])(
  'one that is given back within a transaction, after %s, is not',
  async (statement) => {
    const before = await readPid();
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(statement).catch(() => {});
    client.release();
    expect(await readPid()).not.toBe(before);
  },
);
