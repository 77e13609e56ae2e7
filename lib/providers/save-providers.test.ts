import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GatewayAdmins, openGatewayAdmins } from '#testing/gateway-admins.ts';
import type { ProviderInput } from './inputs.ts';
import { toSeen } from './merge-providers.ts';
import { listProviders } from './queries.ts';
import { saveProviders } from './save-providers.ts';

let admins: GatewayAdmins;
beforeAll(async () => {
  admins = await openGatewayAdmins();
});
afterAll(() => admins.close());

test('saving providers adds, changes and removes, and keeps a key that is not given', async () => {
  const gatewayId = await admins.createOrFail('to-change');
  const key = { key: 'sk-new-deepseek' };
  const save = (providers: ProviderInput[]) => admins.save(gatewayId, providers);
  await save([
    { kind: 'openai', models: ['gpt-5', 'gpt-4o'] },
    { kind: 'deepseek', ...key, models: ['deepseek-chat'] },
  ]);
  const read = () =>
    admins.db.provider.findMany({
      where: { gatewayId },
      orderBy: { kind: 'asc' },
      select: { id: true, kind: true, keyCiphertext: true, keyVersion: true, models: { select: { name: true } } },
    });
  const [deepseek, openai] = await read();
  expect(openai?.models.map(({ name }) => name).sort()).toEqual(['gpt-4o', 'gpt-5']);
  const sealed = { keyCiphertext: openai?.keyCiphertext ?? new Uint8Array(), keyVersion: openai?.keyVersion ?? 0 };
  expect(admins.keyRing.open(sealed, openai?.id ?? '')).toBe('sk-planted-key');
  expect(deepseek?.models).toEqual([{ name: 'deepseek-chat' }]);
  await save([{ kind: 'deepseek', models: ['deepseek-reasoner'] }]);
  expect((await read()).map(({ kind, models }) => [kind, models])).toEqual([
    ['deepseek', [{ name: 'deepseek-reasoner' }]],
  ]);
});

test("a provider's limits in time are stored in milliseconds, shown in seconds, and gone when left empty", async () => {
  const gatewayId = await admins.createOrFail('with-limits');
  const save = (limits: Partial<ProviderInput>) =>
    admins.save(gatewayId, [{ kind: 'openai', models: ['m'], ...limits }]);
  await save({ firstByteTimeoutSeconds: 1_800, idleTimeoutSeconds: null });
  expect(await admins.db.provider.findFirstOrThrow({ where: { gatewayId } })).toMatchObject({
    firstByteTimeoutMs: 1_800_000,
    idleTimeoutMs: null,
  });
  expect(await listProviders(admins.db, admins.mine, gatewayId)).toMatchObject([
    { firstByteTimeoutSeconds: 1_800, idleTimeoutSeconds: null },
  ]);
  await save({});
  expect(await listProviders(admins.db, admins.mine, gatewayId)).toMatchObject([{ firstByteTimeoutSeconds: null }]);
});

test("the demo's provider stays the demo's until it gets a key of its own", async () => {
  const gatewayId = await admins.createOrFail('demo-like');
  const demo = { baseUrl: 'http://127.0.0.1:1/v1', demo: true };
  await admins.db.provider.updateMany({ where: { gatewayId }, data: demo });
  const save = (key?: string) => admins.save(gatewayId, [{ kind: 'openai', key, models: ['m'] }]);
  const read = () => admins.db.provider.findFirst({ where: { gatewayId }, select: { baseUrl: true, demo: true } });
  await save();
  expect(await read()).toEqual(demo);
  await save('sk-of-its-own');
  expect(await read()).toEqual({ baseUrl: null, demo: false });
});

test('a new provider without a key changes nothing', async () => {
  const gatewayId = await admins.createOrFail('needs-key');
  const providers = [{ kind: 'gemini' as const, models: ['gemini-2.5-pro'] }];
  const result = await admins.save(gatewayId, providers);
  expect(result).toEqual({ ok: false, code: 'invalid', issues: [{ index: 0, field: 'key', message: 'keyRequired' }] });
  expect(await admins.db.provider.count({ where: { gatewayId } })).toBe(1);
});

test('a stored key stays for another path of its server, and is asked for anew for another server or header', async () => {
  const kind = 'openai-compatible' as const;
  const created = await admins.create('moves-away', [
    { kind, endpoint: 'https://8.8.8.8/v1', key: 'sk-x', models: ['m'] },
  ]);
  const gatewayId = created.ok ? created.gatewayId : '';
  const moveTo = (endpoint: string, key?: string, headerName?: string) =>
    admins.save(gatewayId, [{ kind, endpoint, headerName, key, models: ['m'] }]);
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
  const stored = await admins.db.provider.findFirstOrThrow({ where: { gatewayId } });
  // Of a key this short, four characters would be too much.
  expect(stored).toMatchObject({ baseUrl: 'https://8.8.4.4/v2', keyLastChars: '' });
});

test("another account's admin can save none", async () => {
  const gatewayId = await admins.createOrFail('not-yours');
  const result = await admins.save(gatewayId, [], admins.theirs);
  expect(result).toEqual({ ok: false, code: 'gatewayNotFound' });
  expect(await admins.db.provider.count({ where: { gatewayId } })).toBe(1);
});

test('opening and closing management endpoints is recorded, and a form that says nothing of it leaves it', async () => {
  const gatewayId = await admins.createOrFail('to-open');
  const save = (opensManagement?: boolean) =>
    admins.save(gatewayId, [{ kind: 'openai', models: ['m'], opensManagement }]);
  const isOpen = () => admins.db.provider.count({ where: { gatewayId, opensManagement: true } });
  expect(await isOpen()).toBe(0);
  await save(true);
  await save();
  expect(await isOpen()).toBe(1);
  await save(true);
  await save(false);
  expect(await isOpen()).toBe(0);
  const events = await admins.db.auditEvent.findMany({
    where: { subjectId: gatewayId, action: { startsWith: 'gateway.management' } },
    orderBy: { id: 'asc' },
  });
  expect(events.map(({ action }) => action)).toEqual(['gateway.management_opened', 'gateway.management_closed']);
});

test('two admins who save from the same page: each gets theirs, and what contradicts is told and not saved', async () => {
  const gatewayId = await admins.createOrFail('of-two');
  const seen = (await listProviders(admins.db, admins.mine, gatewayId)).map(toSeen);
  const save = (providers: ProviderInput[]) =>
    saveProviders(admins.db, admins.keyRing, [], admins.mine, { gatewayId, seen, providers });
  const openai: ProviderInput = { kind: 'openai', models: ['gpt-5', 'gpt-5-mini'] };
  const results = await Promise.all([
    save([{ ...openai, models: [...openai.models, 'added'] }]),
    save([openai, { kind: 'deepseek', key: 'sk-new-deepseek', models: ['m'] }]),
    save([{ ...openai, models: ['gpt-5'], idleTimeoutSeconds: 9 }]),
    save([{ ...openai, key: 'sk-another-key-1111' }]),
  ]);
  expect(results.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  const read = async () => (await listProviders(admins.db, admins.mine, gatewayId)).map(toSeen);
  expect(await read()).toMatchObject([
    { kind: 'openai', models: ['added', 'gpt-5'], idleTimeoutSeconds: 9 },
    { kind: 'deepseek', models: ['m'] },
  ]);

  const before = await read();
  const stored = [expect.objectContaining({ kind: 'openai', keyLastChars: '1111' }), expect.anything()];
  for (const [providers, what] of [
    [[{ ...openai, key: 'sk-a-third-key-2222' }], 'access'],
    [[{ ...openai, idleTimeoutSeconds: 5 }], 'idleTimeoutSeconds'],
    [[], 'changed'],
    [[openai, { kind: 'deepseek', key: 'sk-other', models: ['n'] }], 'added'],
  ] satisfies [ProviderInput[], string][]) {
    expect(await save(providers)).toMatchObject({ ok: false, code: 'conflict', conflicts: [{ what }], stored });
    expect(await read()).toEqual(before);
  }
});
