import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GatewayAdmins, openGatewayAdmins } from '#testing/gateway-admins.ts';
import { configureGateway } from './configure-gateway.ts';

let admins: GatewayAdmins;
beforeAll(async () => {
  admins = await openGatewayAdmins();
});
afterAll(() => admins.close());

test('configuring records what changed, and nothing when nothing did', async () => {
  const gatewayId = await admins.createOrFail('to-configure');
  const configure = (authenticated: boolean, status: 'ACTIVE' | 'DISABLED', objectsByToken = false) =>
    configureGateway(admins.db, admins.mine, { gatewayId, authenticated, objectsByToken, status });
  expect(await configure(true, 'ACTIVE')).toMatchObject({ ok: true });
  await configure(false, 'ACTIVE');
  await configure(false, 'DISABLED');
  await configure(true, 'ACTIVE');
  await configure(true, 'ACTIVE', true);
  await configure(true, 'ACTIVE');
  const events = await admins.db.auditEvent.findMany({ where: { subjectId: gatewayId }, orderBy: { id: 'asc' } });
  expect(events.map(({ action }) => action).slice(1)).toEqual([
    'gateway.authentication_off',
    'gateway.disabled',
    'gateway.authentication_on',
    'gateway.enabled',
    'gateway.objects_by_token_on',
    'gateway.objects_by_token_off',
  ]);
});

test('of web origins, those that came or went are recorded by name', async () => {
  const gatewayId = await admins.createOrFail('for-browsers');
  const change = (originsAdded: string[], originsRemoved: string[] = []) =>
    configureGateway(admins.db, admins.mine, { gatewayId, originsAdded, originsRemoved });
  await change(['https://a.example', 'https://b.example']);
  await change(['*'], ['https://a.example']);
  await change(['https://b.example'], ['https://c.example']);
  const events = await admins.db.auditEvent.findMany({
    where: { subjectId: gatewayId, gatewayName: 'for-browsers', action: { startsWith: 'gateway.origin' } },
    orderBy: { id: 'asc' },
  });
  expect(events.map(({ action, subjectName }) => `${action} ${subjectName}`)).toEqual([
    'gateway.origin_allowed https://a.example',
    'gateway.origin_allowed https://b.example',
    'gateway.origin_removed https://a.example',
    'gateway.origin_allowed *',
  ]);
  const stored = await admins.db.gateway.findUniqueOrThrow({ where: { id: gatewayId } });
  expect(stored.corsOrigins).toEqual(['https://b.example', '*']);
});

test('two admins who change different things from the same page both get theirs', async () => {
  const gatewayId = await admins.createOrFail('of-two');
  await configureGateway(admins.db, admins.mine, { gatewayId, originsAdded: ['https://a.example'] });
  const changes = [
    { status: 'DISABLED' as const },
    { authenticated: false },
    { objectsByToken: true },
    { originsAdded: ['https://b.example'] },
    { originsAdded: ['https://c.example'], originsRemoved: ['https://a.example'] },
  ];
  await Promise.all(changes.map((change) => configureGateway(admins.db, admins.mine, { gatewayId, ...change })));
  const { corsOrigins, ...stored } = await admins.db.gateway.findUniqueOrThrow({ where: { id: gatewayId } });
  expect(stored).toMatchObject({ status: 'DISABLED', authenticated: false, objectsByToken: true });
  expect(corsOrigins.toSorted()).toEqual(['https://b.example', 'https://c.example']);
});

test('origins of two admins that are too many together are refused, and those that were there stay', async () => {
  const gatewayId = await admins.createOrFail('too-many');
  const some = (name: string, count: number) =>
    Array.from({ length: count }, (_, at) => `https://${name}${at}.example`);
  const add = (originsAdded: string[]) => configureGateway(admins.db, admins.mine, { gatewayId, originsAdded });
  expect(await add(some('a', 30))).toMatchObject({ ok: true });
  expect(await add(some('b', 21))).toEqual({ ok: false, code: 'tooManyOrigins' });
  expect(await add(some('b', 20))).toMatchObject({ ok: true });
  const { corsOrigins } = await admins.db.gateway.findUniqueOrThrow({ where: { id: gatewayId } });
  expect(corsOrigins).toEqual([...some('a', 30), ...some('b', 20)]);
});

test("another account's admin cannot configure it", async () => {
  const gatewayId = await admins.createOrFail('not-yours');
  const off = {
    gatewayId,
    authenticated: false,
    objectsByToken: true,
    status: 'DISABLED' as const,
    originsAdded: ['*'],
  };
  expect(await configureGateway(admins.db, admins.theirs, off)).toEqual({ ok: false, code: 'gatewayNotFound' });
  const stored = await admins.db.gateway.findUniqueOrThrow({ where: { id: gatewayId } });
  expect(stored).toMatchObject({ authenticated: true, status: 'ACTIVE', corsOrigins: [] });
});
