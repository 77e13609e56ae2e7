import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { openDb } from '#lib/db.ts';
import { PrismaClient } from '#prisma/client.ts';
import { type LossyRelay, startLossyRelay } from '#testing/lossy-relay.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { inTransaction } from './in-transaction.ts';
import { openPool } from './open-pool.ts';

let relay: LossyRelay;
let db: PrismaClient;
beforeAll(async () => {
  relay = await startLossyRelay(await createTestDatabase(inject('templateDatabaseUrl')));
  db = openDb(relay.url);
  await db.$executeRaw`CREATE TABLE done (id int PRIMARY KEY, twice int UNIQUE DEFERRABLE INITIALLY DEFERRED)`;
});
beforeEach(() => db.$executeRaw`TRUNCATE done`);
afterAll(async () => {
  await db.$disconnect();
  await relay.close();
});

async function countDone(): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM done`;
  return Number(row?.count);
}

test('returns what the change returns, when it is made', async () => {
  expect(await inTransaction(db, (transaction) => transaction.$executeRaw`INSERT INTO done VALUES (1, 1)`)).toBe(1);
  expect(await countDone()).toBe(1);
});

test('what the change throws is thrown, and nothing is done', async () => {
  const failure = new Error('no');
  const change = inTransaction(db, async (transaction) => {
    await transaction.$executeRaw`INSERT INTO done VALUES (1, 1)`;
    throw failure;
  });
  await expect(change).rejects.toBe(failure);
  expect(await countDone()).toBe(0);
});

test('a commit that the database refuses is a failure like others, and nothing is done', async () => {
  const change = inTransaction(db, (transaction) => transaction.$executeRaw`INSERT INTO done VALUES (1, 1), (2, 1)`);
  await expect(change).rejects.not.toMatchObject({ code: 'outcome_unknown' });
  expect(await countDone()).toBe(0);
});

test('a change that took too long is a failure like others, and nothing is done', async () => {
  const hasty = new PrismaClient({
    adapter: new PrismaPg({ connectionString: relay.url }),
    transactionOptions: { timeout: 50 },
  });
  const change = inTransaction(
    hasty,
    (transaction) => transaction.$executeRaw`
    WITH done AS (INSERT INTO done VALUES (1, 1)) SELECT pg_sleep(0.2)`,
  );
  await expect(change).rejects.not.toMatchObject({ code: 'outcome_unknown' });
  await hasty.$disconnect();
  expect(await countDone()).toBe(0);
});

test('a connection that is lost within the change is a failure like others, and nothing is done', async () => {
  const change = inTransaction(db, async (transaction) => {
    await transaction.$executeRaw`INSERT INTO done VALUES (1, 1)`;
    await transaction.$executeRaw`SELECT pg_terminate_backend(pg_backend_pid())`;
  });
  await expect(change).rejects.not.toMatchObject({ code: 'outcome_unknown' });
  expect(await countDone()).toBe(0);
});

test('a connection that is lost between the change and its commit is a failure like others', async () => {
  const lost = Promise.withResolvers<unknown>();
  const pool = openPool(relay.url);
  const alone = new PrismaClient({
    adapter: new PrismaPg(pool, { onConnectionError: lost.resolve, disposeExternalPool: true }),
  });
  const change = inTransaction(alone, async (transaction) => {
    await transaction.$executeRaw`INSERT INTO done VALUES (1, 1)`;
    const [own] = await transaction.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    await db.$executeRaw`SELECT pg_terminate_backend(${own?.pid}::int)`;
    await lost.promise;
  });
  await expect(change).rejects.not.toMatchObject({ code: 'outcome_unknown' });
  await alone.$disconnect();
  expect(await countDone()).toBe(0);
});

test('when the answer to the commit is lost, nobody knows, and it may be done', async () => {
  relay.loseCommits(true);
  const change = inTransaction(db, (transaction) => transaction.$executeRaw`INSERT INTO done VALUES (1, 1)`);
  await expect(change).rejects.toMatchObject({ code: 'outcome_unknown' });
  relay.loseCommits(false);
  expect(await countDone()).toBe(1);
});
