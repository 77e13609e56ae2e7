import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Session } from '#lib/auth/credentials.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { listTokens } from './queries.ts';
import { TOKEN_SORT_COLUMNS, tokenQuerySchema } from './schema.ts';

/** More tokens than a search looks through one by one. */
const CROWD = 50_000;
const RARE = ["it's-zq", 'back\\slash', '100%', 'a_b', 'Đội-ngũ', '字', '👩‍🚀 crew', 'userrr', 'er-er', 'x'];

let fixtures: Fixtures;
let session: Session;
let gatewayId: string;

beforeAll(async () => {
  fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')));
  const { id: accountId } = await fixtures.addAccount();
  const email = 'a@example.com';
  const user = await fixtures.addUser(accountId, email, 'correct horse');
  session = { userId: user.id, accountId, email, sessionVersion: 1 };
  gatewayId = (await fixtures.addGateway(accountId, 'crowded')).id;
  await fixtures.db.$executeRaw`
    INSERT INTO authentication_token (id, account_id, gateway_id, name, name_key, hash, first_chars, last_chars)
    SELECT gen_random_uuid(), ${accountId}, ${gatewayId}::uuid, name, name, sha256(name::bytea), '', ''
    FROM (SELECT 'token-user' || lpad(n::text, 5, '0') AS name FROM generate_series(1, ${CROWD}) AS n) AS named`;
  // Behind the crowd, where looking through a part of it does not find them.
  for (const name of RARE) await fixtures.addToken({ accountId, gatewayId, name });
});
afterAll(() => fixtures.close());

const search = async (q: string, query: Record<string, string> = {}) => {
  const { rows, total, more } = await listTokens(
    fixtures.db,
    session,
    gatewayId,
    tokenQuerySchema.parse({ q, ...query }),
  );
  return { names: rows.map(({ name }) => name), total, more };
};

test.each([
  ["'", ["it's-zq"]],
  ['q', ["it's-zq"]],
  ['zq', ["it's-zq"]],
  ["t's", ["it's-zq"]],
  ['\\', ['back\\slash']],
  ['k\\sl', ['back\\slash']],
  ['%', ['100%']],
  ['_', ['a_b']],
  ['doi', ['Đội-ngũ']],
  ['ĐỘI-NGŨ', ['Đội-ngũ']],
  ['字', ['字']],
  ['👩‍🚀', ['👩‍🚀 crew']],
  ['🚀 crew', ['👩‍🚀 crew']],
  ['x', ['x']],
  ['rrr', ['userrr']],
  ['-e', ['er-er']],
  ['user12345', ['token-user12345']],
  // All its windows are in a name that does not contain it.
  ['er--er', []],
  ['zz', []],
])('a part that few of very many names have is found: %s', async (q, names) => {
  for (const sort of TOKEN_SORT_COLUMNS) {
    for (const order of ['asc', 'desc']) {
      const found = await search(q, { sort, order });
      expect([sort, order, found]).toEqual([sort, order, { names, total: names.length, more: false }]);
    }
  }
});

test('those that some hundred names have are counted, and are on all pages', async () => {
  const pages = await Promise.all(['1', '2', '3'].map((page) => search('345', { size: '100', page })));
  // 345 at three places of five digits, the first of which is 0 to 4: 50, 50 and 100.
  expect(pages.map(({ total, more }) => [total, more])).toEqual(pages.map(() => [200, false]));
  expect(new Set([...(pages[0]?.names ?? []), ...(pages[1]?.names ?? [])]).size).toBe(200);
});

test('of a part that very many names have, ten thousand are counted, and the first are the first', async () => {
  const found = await search('user', { sort: 'name', order: 'asc' });
  expect(found).toMatchObject({ total: 10_000, more: true });
  expect(found.names.slice(0, 2)).toEqual(['token-user00001', 'token-user00002']);
  expect((await search('user', { sort: 'name', order: 'desc' })).names[0]).toBe('userrr');
});
