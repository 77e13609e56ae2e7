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
    configureGateway(admins.db, admins.mine, { gatewayId, authenticated, objectsByToken, status, corsOrigins: [] });
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
  const list = (...corsOrigins: string[]) =>
    configureGateway(admins.db, admins.mine, {
      gatewayId,
      authenticated: true,
      objectsByToken: false,
      status: 'ACTIVE',
      corsOrigins,
    });
  await list('https://a.example', 'https://b.example');
  await list('https://b.example', '*');
  await list('*', 'https://b.example');
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
  expect(stored.corsOrigins).toEqual(['*', 'https://b.example']);
});

test("another account's admin cannot configure it", async () => {
  const gatewayId = await admins.createOrFail('not-yours');
  const off = {
    gatewayId,
    authenticated: false,
    objectsByToken: true,
    status: 'DISABLED' as const,
    corsOrigins: ['*'],
  };
  expect(await configureGateway(admins.db, admins.theirs, off)).toEqual({ ok: false, code: 'gatewayNotFound' });
  const stored = await admins.db.gateway.findUniqueOrThrow({ where: { id: gatewayId } });
  expect(stored).toMatchObject({ authenticated: true, status: 'ACTIVE', corsOrigins: [] });
});
