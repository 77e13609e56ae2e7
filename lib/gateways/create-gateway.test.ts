import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GatewayAdmins, openGatewayAdmins } from '#testing/gateway-admins.ts';

let admins: GatewayAdmins;
beforeAll(async () => {
  admins = await openGatewayAdmins();
});
afterAll(() => admins.close());

test('a gateway comes with its providers, its first token and its audit rows', async () => {
  const result = await admins.create('First-Gateway');
  expect(result).toMatchObject({ ok: true, firstToken: { name: 'token-user01' } });
  const gateway = await admins.db.gateway.findFirstOrThrow({
    where: { accountId: admins.mine.accountId, name: 'First-Gateway' },
    include: { providers: { include: { models: true } }, tokens: true },
  });
  expect(gateway.slug).toBe(`user-${admins.mine.accountId}-first-gateway`);
  expect(gateway.providers[0]?.models.map(({ name }) => name)).toEqual(['gpt-5', 'gpt-5-mini']);
  expect(gateway.providers[0]?.keyLastChars).toBe('-key');
  expect(gateway.tokens).toHaveLength(1);
  const audit = await admins.db.auditEvent.findMany({ where: { accountId: admins.mine.accountId } });
  expect(audit.map(({ action }) => action).sort()).toEqual(['gateway.created', 'token.created']);
});

test('the key is stored sealed, for that row only', async () => {
  const provider = await admins.db.provider.findFirstOrThrow({ where: { kind: 'openai' } });
  const { id, keyVersion } = provider;
  const keyCiphertext = provider.keyCiphertext ?? new Uint8Array();
  expect(Buffer.from(keyCiphertext).includes('planted')).toBe(false);
  expect(admins.keyRing.open({ keyCiphertext, keyVersion }, id)).toBe('sk-planted-key');
});

test('of twenty creations of one name at once, in any case, one wins', async () => {
  const names = Array.from({ length: 20 }, (_, i) => (i % 2 ? 'Same-Name' : 'same-name'));
  const results = await Promise.all(names.map((name) => admins.create(name)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.filter((result) => !result.ok && result.code === 'nameTaken')).toHaveLength(19);
});

test('a creation with one provider that is off makes nothing', async () => {
  const custom = { kind: 'openai-compatible' as const, endpoint: 'https://10.0.0.1/v1', models: ['m'] };
  const openai = { kind: 'openai' as const, key: 'sk-x', models: ['gpt-5'] };
  const before = await admins.db.gateway.count();
  const result = await admins.create('half-made', [openai, custom]);
  const issues = [{ index: 1, field: 'endpoint', message: 'endpointPrivate' }];
  expect(result).toEqual({ ok: false, code: 'invalid', issues });
  expect(await admins.db.gateway.count()).toBe(before);
});
