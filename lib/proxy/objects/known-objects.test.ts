import { Pool } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { embeddedUrls } from '#lib/database/roles.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { KnownObjects } from './known-objects.ts';
import { type ObjectTable, openObjectTable } from './object-rows.ts';

let fixtures: Fixtures;
let pool: Pool;
let mine: string;
let theirs: string;

beforeAll(async () => {
  const databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  pool = new Pool({ connectionString: embeddedUrls(databaseUrl).proxy });
  const { id: accountId } = await fixtures.addAccount();
  [mine, theirs] = await Promise.all([addProvider(accountId, 'mine-1'), addProvider(accountId, 'theirs')]);
});
afterAll(async () => {
  await pool.end();
  await fixtures.close();
});

async function addProvider(accountId: number, name: string): Promise<string> {
  const gateway = await fixtures.addGateway(accountId, name);
  return (await fixtures.addProvider({ gatewayId: gateway.id, kind: 'openai', key: 'sk', models: ['m'] })).id;
}

const file = (id: string) => ({ collection: 'files', id });
/** Only a hang takes longer. */
const PATIENT = { timeout: 60_000 };
const tokenId = '01a212f7-db60-7091-9a29-38e461b091d1';

test('another worker finds what one has learnt, at the provider that made it and at no other', async () => {
  const [one, other] = [new KnownObjects(openObjectTable(pool)), new KnownObjects(openObjectTable(pool))];
  one.add({ providerId: mine, tokenId }, [file('file-1')]);
  expect(one.find([mine], file('file-1'))).toEqual({ providerId: mine, tokenId });
  expect(await other.find([theirs, mine], file('file-1'))).toEqual({ providerId: mine, tokenId });
  expect(await other.find([theirs], file('file-1'))).toBeNull();
  expect(await other.find([mine], { collection: 'batches', id: 'file-1' })).toBeNull();
  expect(await fixtures.db.upstreamObject.findFirst({ where: { objectId: 'file-1' } })).toMatchObject({
    providerId: mine,
    accountId: expect.any(Number),
    gatewayId: expect.any(String),
  });
});

test('one that is on its way into the database is found by another worker', async () => {
  const table = openObjectTable(pool);
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  const slow: ObjectTable = { ...table, add: (rows) => gate.promise.then(() => table.add(rows)) };
  const counting: ObjectTable = {
    ...table,
    find: async (keys) => {
      const found = await table.find(keys);
      asked += 1;
      if (asked === 1) gate.resolve();
      return found;
    },
  };
  new KnownObjects(slow).add({ providerId: mine, tokenId: null }, [file('file-slow')]);
  const found = await new KnownObjects(counting).find([mine], file('file-slow'));
  expect(found).toEqual({ providerId: mine, tokenId: null });
  expect(asked).toBeGreaterThan(1);
});

test('whoever made it first has made it', async () => {
  const [one, other] = [new KnownObjects(openObjectTable(pool)), new KnownObjects(openObjectTable(pool))];
  one.add({ providerId: mine, tokenId }, [file('file-first')]);
  await one.close();
  other.add({ providerId: mine, tokenId: null }, [file('file-first')]);
  await other.close();
  const third = new KnownObjects(openObjectTable(pool));
  expect(await third.find([mine], file('file-first'))).toEqual({ providerId: mine, tokenId });
});

test('a deleted object is forgotten', async () => {
  const known = new KnownObjects(openObjectTable(pool));
  known.add({ providerId: mine, tokenId }, [file('file-gone')]);
  await known.close();
  await known.forget(mine, file('file-gone'));
  expect(await known.find([mine], file('file-gone'))).toBeNull();
});

test('a write that fails is done again, and the object stays known meanwhile', async () => {
  const table = openObjectTable(pool);
  let tries = 0;
  const failing: ObjectTable = {
    ...table,
    add: (rows) => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('connection terminated')) : table.add(rows);
    },
  };
  const known = new KnownObjects(failing);
  known.add({ providerId: mine, tokenId }, [file('file-again')]);
  expect(known.find([mine], file('file-again'))).not.toBeNull();
  await expect.poll(() => fixtures.db.upstreamObject.count({ where: { objectId: 'file-again' } }), PATIENT).toBe(1);
});

test('a database that is away is no "not found"', async () => {
  const table = { ...openObjectTable(pool), find: () => Promise.reject(new Error('connection terminated')) };
  await expect(new KnownObjects(table).find([mine], file('file-1'))).rejects.toThrow('connection terminated');
});

test('the oldest beyond the number that is kept go, and so does what is too old', async () => {
  const rows = Array.from({ length: 5 }, (_, index) => ({
    providerId: theirs,
    collection: 'responses',
    objectId: `resp_${index}`,
    tokenId: null,
  }));
  const table = openObjectTable(pool, 3);
  expect(await table.add(rows)).toBe(5);
  for (const { objectId } of rows) {
    await pool.query(`UPDATE upstream_object SET created_at = now() - $2 * interval '1 day' WHERE object_id = $1`, [
      objectId,
      objectId === 'resp_0' ? 61 : Number(objectId.slice(-1)),
    ]);
  }
  expect((await table.find(rows)).size).toBe(4);
  await table.trim({ providerId: theirs, collection: 'responses' });
  const left = await fixtures.db.upstreamObject.findMany({
    where: { providerId: theirs },
    orderBy: { objectId: 'asc' },
  });
  expect(left.map(({ objectId }) => objectId)).toEqual(['resp_1', 'resp_2', 'resp_3']);
});

test('objects of a provider that was removed are not written', async () => {
  const table = openObjectTable(pool);
  const row = { providerId: tokenId, collection: 'files', objectId: 'file-orphan', tokenId: null };
  expect(await table.add([row])).toBe(0);
});
