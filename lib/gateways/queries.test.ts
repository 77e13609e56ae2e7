import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Session } from '#lib/auth/credentials.ts';
import { listProviders } from '#lib/providers/queries.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { findGateway, listGateways } from './queries.ts';
import { gatewayQuerySchema } from './schema.ts';

let fixtures: Fixtures;
let mine: Session;
let theirs: Session;

beforeAll(async () => {
  fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')));
  mine = await addSession('mine@example.com');
  theirs = await addSession('theirs@example.com');
  for (const name of ['beta_one', 'Alpha', 'gamma']) await fixtures.addGateway(mine.accountId, name);
  await fixtures.addGateway(theirs.accountId, 'foreign');
});
afterAll(() => fixtures.close());

async function addSession(email: string): Promise<Session> {
  const { id: accountId } = await fixtures.addAccount();
  const user = await fixtures.addUser(accountId, email, 'correct horse');
  return { userId: user.id, accountId, email, sessionVersion: 1 };
}

const namesOf = async (query: Record<string, string>) =>
  (await listGateways(fixtures.db, mine, gatewayQuerySchema.parse(query))).rows.map(({ name }) => name);

test("only the account's gateways are listed, by name, ignoring case", async () => {
  expect(await namesOf({})).toEqual(['Alpha', 'beta_one', 'gamma']);
  expect(await namesOf({ order: 'desc' })).toEqual(['gamma', 'beta_one', 'Alpha']);
});

test('search ignores case and takes % and _ literally', async () => {
  expect(await namesOf({ q: 'ALPH' })).toEqual(['Alpha']);
  expect(await namesOf({ q: '_' })).toEqual(['beta_one']);
  expect(await namesOf({ q: '%' })).toEqual([]);
});

test('those that were never called are the longest without a call', async () => {
  const where = { accountId: mine.accountId };
  const call = (name: string, at: string) =>
    fixtures.db.gateway.updateMany({ where: { ...where, name }, data: { lastRequestAt: new Date(at) } });
  await call('Alpha', '2026-01-01');
  await call('gamma', '2026-02-01');
  expect(await namesOf({ sort: 'lastRequestAt', order: 'desc' })).toEqual(['gamma', 'Alpha', 'beta_one']);
  expect(await namesOf({ sort: 'lastRequestAt', order: 'asc' })).toEqual(['beta_one', 'Alpha', 'gamma']);
});

test('a gateway is found by the account that owns it, and by no other', async () => {
  const { id } = await fixtures.addGateway(theirs.accountId, 'found');
  expect(await findGateway(fixtures.db, theirs, id)).toMatchObject({ id, name: 'found', status: 'ACTIVE' });
  for (const wrong of [id, randomUUID(), 'not-a-uuid', '', `${id}'`, `${id} `]) {
    expect(await findGateway(fixtures.db, mine, wrong)).toBeNull();
  }
});

test("a gateway's providers are listed without anything of their keys, and for their account only", async () => {
  const gateway = await fixtures.addGateway(mine.accountId, 'providers');
  await fixtures.addProvider({ gatewayId: gateway.id, kind: 'deepseek', key: 'sk-planted', models: ['b', 'a'] });
  const providers = await listProviders(fixtures.db, mine, gateway.id);
  expect(providers).toEqual([
    {
      id: expect.any(String),
      kind: 'deepseek',
      label: 'DeepSeek',
      endpoint: null,
      headerName: null,
      keyLastChars: 'nted',
      keyId: null,
      demo: false,
      opensManagement: false,
      firstByteTimeoutSeconds: null,
      idleTimeoutSeconds: null,
      models: [
        { id: expect.any(String), name: 'a' },
        { id: expect.any(String), name: 'b' },
      ],
    },
  ]);
  expect(await listProviders(fixtures.db, theirs, gateway.id)).toEqual([]);
});
