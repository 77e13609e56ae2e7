import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Session } from '#lib/auth/credentials.ts';
import { openKeyRing } from '#lib/providers/key-ring.ts';
import { saveProviders } from '#lib/providers/mutations.ts';
import { type Fixtures, openFixtures, TEST_SECRET } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { configureGateway, createGateway, deleteGateways } from './mutations.ts';

const keyRing = openKeyRing(TEST_SECRET);
let fixtures: Fixtures;
let session: Session;
let stranger: Session;

beforeAll(async () => {
  fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')));
  session = await addSession('admin@a.example');
  stranger = await addSession('admin@b.example');
});
afterAll(() => fixtures.close());

async function addSession(email: string): Promise<Session> {
  const { id: accountId } = await fixtures.addAccount();
  const user = await fixtures.addUser(accountId, email, 'a password');
  return { userId: user.id, accountId, email, sessionVersion: 1 };
}

const openaiProvider = { kind: 'openai' as const, key: 'sk-planted-key', models: ['gpt-5', 'gpt-5-mini'] };
const create = (name: string, providers = [openaiProvider] as Parameters<typeof saveProviders>[4]['providers']) =>
  createGateway(fixtures.db, keyRing, [], session, { name, authenticated: true, providers });

async function createOrFail(name: string): Promise<string> {
  const result = await create(name);
  if (!result.ok) throw new Error(result.code);
  return result.gatewayId;
}

test('a gateway comes with its providers, its first token and its audit rows', async () => {
  const result = await create('First-Gateway');
  expect(result).toMatchObject({ ok: true, firstToken: { name: 'token-user01' } });
  const gateway = await fixtures.db.gateway.findFirstOrThrow({
    where: { accountId: session.accountId, name: 'First-Gateway' },
    include: { providers: { include: { models: true } }, tokens: true },
  });
  expect(gateway.slug).toBe(`user-${session.accountId}-first-gateway`);
  expect(gateway.providers[0]?.models.map(({ name }) => name)).toEqual(['gpt-5', 'gpt-5-mini']);
  expect(gateway.providers[0]?.keyLastChars).toBe('-key');
  expect(gateway.tokens).toHaveLength(1);
  const audit = await fixtures.db.auditEvent.findMany({ where: { accountId: session.accountId } });
  expect(audit.map(({ action }) => action).sort()).toEqual(['gateway.created', 'token.created']);
});

test('the key is stored sealed, for that row only', async () => {
  const provider = await fixtures.db.provider.findFirstOrThrow({ where: { kind: 'openai' } });
  const { id, keyVersion } = provider;
  const keyCiphertext = provider.keyCiphertext ?? new Uint8Array();
  expect(Buffer.from(keyCiphertext).includes('planted')).toBe(false);
  expect(keyRing.open({ keyCiphertext, keyVersion }, id)).toBe('sk-planted-key');
});

test('of twenty creations of one name at once, in any case, one wins', async () => {
  const names = Array.from({ length: 20 }, (_, i) => (i % 2 ? 'Same-Name' : 'same-name'));
  const results = await Promise.all(names.map((name) => create(name)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.filter((result) => !result.ok && result.code === 'nameTaken')).toHaveLength(19);
});

test('a creation with one provider that is off makes nothing', async () => {
  const custom = { kind: 'openai-compatible' as const, endpoint: 'https://10.0.0.1/v1', models: ['m'] };
  const before = await fixtures.db.gateway.count();
  const result = await create('half-made', [openaiProvider, custom]);
  const issues = [{ index: 1, field: 'endpoint', message: 'endpointPrivate' }];
  expect(result).toEqual({ ok: false, code: 'invalid', issues });
  expect(await fixtures.db.gateway.count()).toBe(before);
});

test('saving providers adds, changes and removes, and keeps a key that is not given', async () => {
  const gatewayId = await createOrFail('to-change');
  const key = { key: 'sk-new-deepseek' };
  const save = (providers: Parameters<typeof saveProviders>[4]['providers']) =>
    saveProviders(fixtures.db, keyRing, [], session, { gatewayId, providers });
  await save([
    { kind: 'openai', models: ['gpt-5', 'gpt-4o'] },
    { kind: 'deepseek', ...key, models: ['deepseek-chat'] },
  ]);
  const read = () =>
    fixtures.db.provider.findMany({
      where: { gatewayId },
      orderBy: { kind: 'asc' },
      select: { id: true, kind: true, keyCiphertext: true, keyVersion: true, models: { select: { name: true } } },
    });
  const [deepseek, openai] = await read();
  expect(openai?.models.map(({ name }) => name).sort()).toEqual(['gpt-4o', 'gpt-5']);
  const sealed = { keyCiphertext: openai?.keyCiphertext ?? new Uint8Array(), keyVersion: openai?.keyVersion ?? 0 };
  expect(keyRing.open(sealed, openai?.id ?? '')).toBe('sk-planted-key');
  expect(deepseek?.models).toEqual([{ name: 'deepseek-chat' }]);
  await save([{ kind: 'deepseek', models: ['deepseek-reasoner'] }]);
  expect((await read()).map(({ kind, models }) => [kind, models])).toEqual([
    ['deepseek', [{ name: 'deepseek-reasoner' }]],
  ]);
});

test("the demo's provider stays the demo's until it gets a key of its own", async () => {
  const gatewayId = await createOrFail('demo-like');
  const demo = { baseUrl: 'http://127.0.0.1:1/v1', demo: true };
  await fixtures.db.provider.updateMany({ where: { gatewayId }, data: demo });
  const save = (key?: string) =>
    saveProviders(fixtures.db, keyRing, [], session, {
      gatewayId,
      providers: [{ kind: 'openai', key, models: ['m'] }],
    });
  const read = () => fixtures.db.provider.findFirst({ where: { gatewayId }, select: { baseUrl: true, demo: true } });
  await save();
  expect(await read()).toEqual(demo);
  await save('sk-of-its-own');
  expect(await read()).toEqual({ baseUrl: null, demo: false });
});

test('a new provider without a key changes nothing', async () => {
  const gatewayId = await createOrFail('needs-key');
  const providers = [{ kind: 'gemini' as const, models: ['gemini-2.5-pro'] }];
  const result = await saveProviders(fixtures.db, keyRing, [], session, { gatewayId, providers });
  expect(result).toEqual({ ok: false, code: 'invalid', issues: [{ index: 0, field: 'key', message: 'keyRequired' }] });
  expect(await fixtures.db.provider.count({ where: { gatewayId } })).toBe(1);
});

test("another account's admin can change and delete nothing", async () => {
  const gatewayId = await createOrFail('not-yours');
  const own = await createGateway(fixtures.db, keyRing, [], stranger, {
    name: 'own-one',
    authenticated: true,
    providers: [],
  });
  const ownId = own.ok ? own.gatewayId : '';
  const off = { gatewayId, authenticated: false, status: 'DISABLED' } as const;
  expect(await configureGateway(fixtures.db, stranger, off)).toMatchObject({ ok: false });
  expect(await saveProviders(fixtures.db, keyRing, [], stranger, { gatewayId, providers: [] })).toMatchObject({
    ok: false,
  });
  expect(await deleteGateways(fixtures.db, stranger, { ids: [ownId, gatewayId] })).toMatchObject({ ok: false });
  expect(await fixtures.db.gateway.findUniqueOrThrow({ where: { id: gatewayId } })).toMatchObject({
    authenticated: true,
    status: 'ACTIVE',
  });
  expect(await fixtures.db.gateway.count({ where: { id: ownId } })).toBe(1);
});

test('fifty deletions of one gateway at once have one effect and one audit row; its tokens go with it', async () => {
  const gatewayId = await createOrFail('to-delete');
  const results = await Promise.all(
    Array.from({ length: 50 }, () => deleteGateways(fixtures.db, session, { ids: [gatewayId] })),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await fixtures.db.authenticationToken.count({ where: { gatewayId } })).toBe(0);
  const audit = await fixtures.db.auditEvent.findMany({ where: { subjectId: gatewayId, action: 'gateway.deleted' } });
  expect(audit).toHaveLength(1);
});

test('configuring records what changed, and nothing when nothing did', async () => {
  const gatewayId = await createOrFail('to-configure');
  const configure = (authenticated: boolean, status: 'ACTIVE' | 'DISABLED') =>
    configureGateway(fixtures.db, session, { gatewayId, authenticated, status });
  expect(await configure(true, 'ACTIVE')).toMatchObject({ ok: true });
  await configure(false, 'ACTIVE');
  await configure(false, 'DISABLED');
  await configure(true, 'ACTIVE');
  const events = await fixtures.db.auditEvent.findMany({ where: { subjectId: gatewayId }, orderBy: { id: 'asc' } });
  expect(events.map(({ action }) => action).slice(1)).toEqual([
    'gateway.authentication_off',
    'gateway.disabled',
    'gateway.authentication_on',
    'gateway.enabled',
  ]);
});

test('a stored key stays for another path of its server, and is asked for anew for another server or header', async () => {
  const kind = 'openai-compatible' as const;
  const created = await create('moves-away', [{ kind, endpoint: 'https://8.8.8.8/v1', key: 'sk-x', models: ['m'] }]);
  const gatewayId = created.ok ? created.gatewayId : '';
  const moveTo = (endpoint: string, key?: string, headerName?: string) =>
    saveProviders(fixtures.db, keyRing, [], session, {
      gatewayId,
      providers: [{ kind, endpoint, headerName, key, models: ['m'] }],
    });
  expect(await moveTo('https://8.8.8.8/v2')).toMatchObject({ ok: true });
  for (const endpoint of ['https://8.8.4.4/v2', 'https://8.8.8.8:444/v2']) {
    expect(await moveTo(endpoint)).toEqual({
      ok: false,
      code: 'invalid',
      issues: [{ index: 0, field: 'key', message: 'keyRequiredForEndpoint' }],
    });
  }
  expect(await moveTo('https://8.8.8.8/v2', undefined, 'x-request-id')).toEqual({
    ok: false,
    code: 'invalid',
    issues: [{ index: 0, field: 'key', message: 'keyRequiredForHeader' }],
  });
  expect(await moveTo('https://8.8.4.4/v2', 'sk-y')).toMatchObject({ ok: true });
  expect(await moveTo('https://8.8.4.4/v2', 'sk-y', 'x-key')).toMatchObject({ ok: true });
  expect(await moveTo('https://8.8.4.4/v2', undefined, 'x-key')).toMatchObject({ ok: true });
  const stored = await fixtures.db.provider.findFirstOrThrow({ where: { gatewayId } });
  // Of a key this short, four characters would be too much.
  expect(stored).toMatchObject({ baseUrl: 'https://8.8.4.4/v2', keyLastChars: '' });
});
