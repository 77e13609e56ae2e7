import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Session } from '#lib/auth/credentials.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { listAuditEvents } from './queries.ts';
import { forgetStrangers, recordAccess } from './record-access.ts';
import { recordAudit } from './record-audit.ts';
import { ACCESS_ACTIONS, type AuditAction, auditQuerySchema, NOBODY, SYSTEM } from './schema.ts';

let fixtures: Fixtures;
let session: Session;

beforeAll(async () => {
  fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')));
  session = await openSession('admin@a.example');
});
afterAll(() => fixtures.close());

async function openSession(email: string): Promise<Session> {
  const { id: accountId } = await fixtures.addAccount();
  return { userId: crypto.randomUUID(), accountId, email, sessionVersion: 1 };
}

const record = (as: Session, action: AuditAction, ...names: string[]) =>
  recordAudit(
    fixtures.db,
    as,
    action,
    names.map((name) => ({ id: crypto.randomUUID(), name })),
  );

async function subjects(as: Session, query: Record<string, string>, namedActions: AuditAction[] = []) {
  const { rows } = await listAuditEvents(fixtures.db, as, auditQuerySchema.parse(query), namedActions);
  return rows.map(({ subjectName }) => subjectName);
}

test("the newest come first, and another account's are not there", async () => {
  const stranger = await openSession('admin@b.example');
  await record(stranger, 'token.created', 'foreign');
  await record(session, 'gateway.created', 'first');
  await record(session, 'token.created', 'second');
  expect(await subjects(session, {})).toEqual(['second', 'first']);
  expect(await subjects(session, { order: 'asc' })).toEqual(['first', 'second']);
  expect(await subjects(session, { q: 'foreign' })).toEqual([]);
  expect(await subjects(session, { q: 'b.example' })).toEqual([]);
});

test('search finds who, what and which; % and _ stand for themselves', async () => {
  const reader = await openSession('reader@c.example');
  await record(reader, 'token.deleted', 'a_b', 'a%b');
  await record({ ...reader, email: 'second@c.example' }, 'gateway.disabled', 'demo-gateway');
  expect(await subjects(reader, { q: 'SECOND@' })).toEqual(['demo-gateway']);
  expect(await subjects(reader, { q: 'Demo' })).toEqual(['demo-gateway']);
  expect(await subjects(reader, { q: 'gateway.dis' })).toEqual(['demo-gateway']);
  expect(await subjects(reader, { q: 'vô hiệu hóa' }, ['gateway.disabled'])).toEqual(['demo-gateway']);
  expect(await subjects(reader, { q: '_b' })).toEqual(['a_b']);
  expect(await subjects(reader, { q: '%' })).toEqual(['a%b']);
});

test('what was done in a gateway is found by its name, and old rows that name none are still there', async () => {
  const reader = await openSession('reader@e.example');
  const token = { id: crypto.randomUUID(), name: 'token-user01' };
  await recordAudit(fixtures.db, reader, 'token.deleted', [token], 'demo-gateway');
  await record(reader, 'gateway.deleted', 'demo-gateway');
  const old = { accountId: reader.accountId, actor: reader.email, action: 'token.deleted', subjectName: 'old-token' };
  await fixtures.db.auditEvent.create({ data: { ...old, subjectId: crypto.randomUUID() } });
  expect(await subjects(reader, { q: 'demo-gateway' })).toEqual(['demo-gateway', 'token-user01']);
  const { rows } = await listAuditEvents(fixtures.db, reader, auditQuerySchema.parse({}), []);
  expect(rows.map(({ gatewayName }) => gatewayName)).toEqual([null, 'demo-gateway', 'demo-gateway']);
});

test('a sign-in says from where and with what, is found by both, and names no gateway', async () => {
  const { id: accountId } = await fixtures.addAccount();
  const email = 'reader@f.example';
  const reader = { userId: crypto.randomUUID(), accountId, email, sessionVersion: 1 };
  const user = { id: reader.userId, accountId, email };
  const trace = { network: '2001:db8:1:2::/64', userAgent: 'Firefox/140.0' };
  await recordAccess(fixtures.db, 'user.signed_in', user, trace);
  await recordAccess(fixtures.db, 'user.sign_in_failed', user, { network: '203.0.113.7', userAgent: null });
  await recordAccess(fixtures.db, 'user.password_changed', user, { network: null, userAgent: null }, SYSTEM);
  const { rows } = await listAuditEvents(fixtures.db, reader, auditQuerySchema.parse({ order: 'asc' }), []);
  expect(rows).toMatchObject([
    { actor: email, action: 'user.signed_in', subjectId: user.id, subjectName: email, gatewayName: null, ...trace },
    { actor: NOBODY, action: 'user.sign_in_failed', network: '203.0.113.7', userAgent: null },
    { actor: SYSTEM, action: 'user.password_changed', network: null },
  ]);
  for (const q of ['2001:DB8:1', 'firefox']) {
    const found = await listAuditEvents(fixtures.db, reader, auditQuerySchema.parse({ q }), []);
    expect([q, found.rows.map(({ action }) => action)]).toEqual([q, ['user.signed_in']]);
  }
});

test('what strangers caused is forgotten after a while, and nothing else', async () => {
  const user = { id: crypto.randomUUID(), accountId: (await fixtures.addAccount()).id, email: 'old@g.example' };
  const reader = { userId: user.id, accountId: user.accountId, email: user.email, sessionVersion: 1 };
  const nowhere = { network: null, userAgent: null };
  const days = (count: number) => new Date(Date.now() - count * 86_400_000);
  for (const action of ACCESS_ACTIONS) await recordAccess(fixtures.db, action, user, nowhere);
  await fixtures.db.auditEvent.updateMany({ where: { subjectId: user.id }, data: { at: days(91) } });
  await recordAccess(fixtures.db, 'user.sign_in_failed', user, nowhere);
  await forgetStrangers(fixtures.db);
  const { rows } = await listAuditEvents(fixtures.db, reader, auditQuerySchema.parse({}), []);
  expect(rows.map(({ action }) => action).toSorted()).toEqual([
    'user.other_sessions_ended',
    'user.password_change_failed',
    'user.password_changed',
    'user.sign_in_failed',
    'user.signed_in',
    'user.signed_out',
  ]);
});

test('a filter by action, and pages', async () => {
  const busy = await openSession('busy@d.example');
  await record(busy, 'token.created', ...Array.from({ length: 12 }, (_, i) => `token-${i}`));
  await record(busy, 'token.deleted', 'gone');
  expect(await subjects(busy, { action: 'token.deleted' })).toEqual(['gone']);
  expect(await subjects(busy, { action: 'token.created', page: '2' })).toHaveLength(2);
  expect(await subjects(busy, { action: 'nonsense', page: '2' })).toHaveLength(3);
});
