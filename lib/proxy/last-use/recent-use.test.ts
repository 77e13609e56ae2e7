import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest';
import { embeddedUrls } from '#lib/database/roles.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { RecentUse, type Uses } from './recent-use.ts';
import { writeUses } from './write-uses.ts';

const HOUR_MS = 3_600_000;

let fixtures: Fixtures;
let pool: Pool;
let accountId: number;
let gatewayId: string;

beforeAll(async () => {
  const databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  pool = new Pool({ connectionString: embeddedUrls(databaseUrl).proxy });
  accountId = (await fixtures.addAccount()).id;
  gatewayId = (await fixtures.addGateway(accountId, 'gateway')).id;
});
afterAll(async () => {
  await pool.end();
  await fixtures.close();
});
afterEach(() => {
  vi.useRealTimers();
});

const addToken = async () => (await fixtures.addToken({ accountId, gatewayId })).id;
const readToken = (id: string) => fixtures.db.authenticationToken.findUniqueOrThrow({ where: { id } });
const readCounts = (tokenId: string) =>
  fixtures.db.tokenRequests.findMany({ where: { tokenId }, orderBy: { hour: 'asc' } });
const usesOf = (tokenId: string, at: number, from = '10.0.0.1', requests = 1): Uses => ({
  gateways: [{ gatewayId, at }],
  tokens: [{ tokenId, at, from, requests }],
});

test('the latest use wins, whatever is written last', async () => {
  const id = await addToken();
  const noon = new Date('2026-01-02T12:30:00Z').getTime();
  await writeUses(pool, usesOf(id, noon, '10.0.0.2'));
  await writeUses(pool, usesOf(id, noon - 1_000, '10.0.0.3'));
  expect(await readToken(id)).toMatchObject({ lastUsedAt: new Date(noon), lastUsedFrom: '10.0.0.2' });
  await writeUses(pool, usesOf(id, noon + 1_000, '10.0.0.4'));
  expect(await readToken(id)).toMatchObject({ lastUsedAt: new Date(noon + 1_000), lastUsedFrom: '10.0.0.4' });
});

test('requests add up by hour, and are forgotten after two days', async () => {
  const id = await addToken();
  const hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  await writeUses(pool, usesOf(id, hour + 1, '10.0.0.2', 2));
  await writeUses(pool, usesOf(id, hour + 2, '10.0.0.2', 3));
  await writeUses(pool, usesOf(id, hour - 1, '10.0.0.2', 4));
  await writeUses(pool, usesOf(id, hour - 49 * HOUR_MS, '10.0.0.2', 5));
  expect((await readCounts(id)).map((row) => [row.hour.getTime() - hour, row.requests])).toEqual([
    [-HOUR_MS, 4n],
    [0, 5n],
  ]);
});

test('it is no change: no proxy hears of it', async () => {
  const id = await addToken();
  const before = await fixtures.db.changeEvent.count();
  await writeUses(pool, usesOf(id, Date.now()));
  expect((await readToken(id)).lastUsedAt).not.toBeNull();
  expect(await fixtures.db.changeEvent.count()).toBe(before);
});

test('a token that was deleted meanwhile does not keep the others from being written', async () => {
  const [kept, deleted] = [await addToken(), await addToken()];
  await fixtures.db.authenticationToken.delete({ where: { id: deleted } });
  const tokens = [deleted, kept].map((tokenId) => ({ tokenId, at: Date.now(), from: null, requests: 1 }));
  await writeUses(pool, { gateways: [], tokens });
  expect((await readToken(kept)).lastUsedAt).not.toBeNull();
});

test('workers that write the same 3,000 tokens at once, in any order, all succeed', async () => {
  const ids = (await fixtures.addTokens({ accountId, gatewayId }, 3_000)).map(({ id }) => id);
  const orders = [ids, ids.toReversed(), ids.toSorted(), ids.toSorted().toReversed()];
  const writes = orders.map((order, worker) => {
    return writeUses(pool, {
      gateways: [{ gatewayId, at: Date.now() }],
      tokens: order.map((tokenId) => ({ tokenId, at: Date.now() + worker, from: null, requests: worker + 1 })),
    });
  });
  await Promise.all(writes);
  const counts = await fixtures.db.tokenRequests.findMany({ where: { tokenId: { in: ids } } });
  expect(counts.filter(({ requests }) => requests === 10n)).toHaveLength(3_000);
});

test('calls are counted per token and written together; while the database is away nothing is tried', async () => {
  vi.useFakeTimers();
  const written: Uses[] = [];
  let canWrite = false;
  const recent = new RecentUse(
    async (uses) => {
      written.push(uses);
    },
    () => canWrite,
  );
  recent.note('g', 'a', '8.8.4.7');
  recent.note('g', null, '8.8.4.7');
  await vi.advanceTimersByTimeAsync(20_000);
  expect(written).toEqual([]);
  recent.note('g', 'a', '::ffff:10.0.0.9');
  const at = Date.now();
  canWrite = true;
  await vi.advanceTimersByTimeAsync(30_000);
  const tokens = [{ tokenId: 'a', at, from: '10.0.0.9', requests: 2 }];
  expect(written).toEqual([{ gateways: [{ gatewayId: 'g', at }], tokens }]);
  recent.note('g', null, undefined);
  await recent.close();
  expect(written[1]).toMatchObject({ gateways: [{ gatewayId: 'g' }], tokens: [] });
});
