import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Session } from '#lib/auth/credentials.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { listTokens } from './queries.ts';
import { TOKEN_SORT_COLUMNS, tokenQuerySchema } from './schema.ts';

const HOUR_MS = 3_600_000;

let fixtures: Fixtures;
let session: Session;
let gatewayId: string;

beforeAll(async () => {
  fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')));
  session = await addSession('a@example.com');
  gatewayId = (await fixtures.addGateway(session.accountId, 'demo-gateway')).id;
});
afterAll(() => fixtures.close());

async function addSession(email: string): Promise<Session> {
  const { id: accountId } = await fixtures.addAccount();
  const user = await fixtures.addUser(accountId, email, 'correct horse');
  return { userId: user.id, accountId, email, sessionVersion: 1 };
}

async function addGatewayWith(name: string, tokens: { name: string; status?: 'DISABLED'; expiresAt?: Date }[]) {
  const gateway = await fixtures.addGateway(session.accountId, name);
  for (const token of tokens) {
    await fixtures.addToken({ accountId: session.accountId, gatewayId: gateway.id, ...token });
  }
  return gateway.id;
}

const list = (id: string, query: Record<string, string>, as = session) =>
  listTokens(fixtures.db, as, id, tokenQuerySchema.parse(query));

const namesOf = async (id: string, query: Record<string, string>) =>
  (await list(id, query)).rows.map(({ name }) => name);

test('a row has a masked form and no part of the secret beyond it', async () => {
  const { token } = await fixtures.addToken({ accountId: session.accountId, gatewayId, name: 'one' });
  const { rows } = await list(gatewayId, {});
  expect(rows).toEqual([
    {
      id: expect.any(String),
      name: 'one',
      masked: `lk_${token.slice(3, 7)}…${token.slice(-4)}`,
      status: 'ACTIVE',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      createdBy: null,
      expiresAt: null,
      lastUsedAt: null,
      lastUsedFrom: null,
      requests: 0,
      previous: null,
    },
  ]);
});

test("another account sees nothing of the gateway's tokens", async () => {
  const other = await addSession('b@example.com');
  expect(await list(gatewayId, {}, other)).toEqual({ rows: [], total: 0, page: 1, more: false });
});

test('EXPIRED is shown, and sorted, as a status of its own', async () => {
  const id = await addGatewayWith('statuses', [
    { name: 'expired', expiresAt: new Date(Date.now() - HOUR_MS) },
    { name: 'expired-and-disabled', status: 'DISABLED', expiresAt: new Date(Date.now() - HOUR_MS) },
    { name: 'disabled', status: 'DISABLED' },
    { name: 'active', expiresAt: new Date(Date.now() + HOUR_MS) },
  ]);
  const { rows } = await list(id, { sort: 'status', order: 'asc' });
  expect(rows.map(({ name, status }) => [name, status])).toEqual([
    ['active', 'ACTIVE'],
    ['disabled', 'DISABLED'],
    ['expired', 'EXPIRED'],
    ['expired-and-disabled', 'EXPIRED'],
  ]);
});

test('pages are cut by the database, and every row is on exactly one of them', async () => {
  const names = Array.from({ length: 23 }, (_, index) => `token-user${String(index + 1).padStart(2, '0')}`);
  const id = await addGatewayWith(
    'pages',
    names.map((name) => ({ name })),
  );
  // Equal in the sorted column: only the tiebreak keeps them apart.
  await fixtures.db.authenticationToken.updateMany({ where: { gatewayId: id }, data: { createdAt: new Date() } });
  const pages = await Promise.all(['1', '2', '3'].map((page) => list(id, { page })));
  expect(pages.map(({ rows }) => rows.length)).toEqual([10, 10, 3]);
  const rows = pages.flatMap((page) => page.rows);
  expect(rows.map(({ name }) => name).sort()).toEqual(names);
  const ids = rows.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted().toReversed());
  expect(await list(id, { page: '9' })).toMatchObject({ page: 3, total: 23 });
  expect(await namesOf(id, { sort: 'name', order: 'desc', size: '20', page: '2' })).toEqual([
    'token-user03',
    'token-user02',
    'token-user01',
  ]);
});

test('a page is the same whether it is counted from the beginning or from the end', async () => {
  const names = Array.from({ length: 57 }, (_, index) => `token-${String(index).padStart(2, '0')}`);
  const id = await addGatewayWith(
    'ends',
    names.map((name, index) => ({ name, ...(index % 3 === 0 && { status: 'DISABLED' as const }) })),
  );
  for (const sort of TOKEN_SORT_COLUMNS) {
    for (const order of ['asc', 'desc']) {
      const pages = await Promise.all(['1', '2', '3', '4', '5', '6'].map((page) => namesOf(id, { sort, order, page })));
      const [whole] = await Promise.all([namesOf(id, { sort, order, size: '100' })]);
      expect(pages.flat(), `${sort} ${order}`).toEqual(whole);
      expect(whole).toHaveLength(57);
    }
  }
});

test('the newest come first unless asked otherwise; names are sorted ignoring case', async () => {
  const id = await addGatewayWith('sorts', [{ name: 'b' }, { name: 'A' }, { name: 'c' }]);
  expect(await namesOf(id, {})).toEqual(['c', 'A', 'b']);
  expect(await namesOf(id, { sort: 'createdAt', order: 'asc' })).toEqual(['b', 'A', 'c']);
  expect(await namesOf(id, { sort: 'name', order: 'asc' })).toEqual(['A', 'b', 'c']);
});

test('names with diacritics stand beside those without, not behind z', async () => {
  const id = await addGatewayWith('diacritics', [{ name: 'zalo' }, { name: 'đội' }, { name: 'dev' }, { name: 'ếch' }]);
  expect(await namesOf(id, { sort: 'name', order: 'asc' })).toEqual(['dev', 'đội', 'ếch', 'zalo']);
});

test('search finds any part, ignoring case, diacritics and composition, and takes % and _ literally', async () => {
  const id = await addGatewayWith('search', [
    { name: 'token-người-dùng' },
    { name: '100%' },
    { name: 'a_b' },
    { name: 'a\\b' },
    { name: 'axb' },
    { name: '👩‍🚀 crew' },
  ]);
  expect(await namesOf(id, { q: 'NGƯỜI'.normalize('NFD') })).toEqual(['token-người-dùng']);
  expect(await namesOf(id, { q: 'nguoi-dung' })).toEqual(['token-người-dùng']);
  expect(await namesOf(id, { q: 'áxb' })).toEqual(['axb']);
  expect(await namesOf(id, { q: '%' })).toEqual(['100%']);
  expect(await namesOf(id, { q: '_' })).toEqual(['a_b']);
  expect(await namesOf(id, { q: '\\' })).toEqual(['a\\b']);
  expect(await namesOf(id, { q: '👩‍🚀' })).toEqual(['👩‍🚀 crew']);
  expect(await list(id, { q: "' OR true --" })).toEqual({ rows: [], total: 0, page: 1, more: false });
});
