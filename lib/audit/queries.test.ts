import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Session } from '#lib/auth/credentials.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { listAuditEvents } from './queries.ts';
import { recordAudit } from './record-audit.ts';
import { type AuditAction, auditQuerySchema } from './schema.ts';

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

test('a filter by action, and pages', async () => {
  const busy = await openSession('busy@d.example');
  await record(busy, 'token.created', ...Array.from({ length: 12 }, (_, i) => `token-${i}`));
  await record(busy, 'token.deleted', 'gone');
  expect(await subjects(busy, { action: 'token.deleted' })).toEqual(['gone']);
  expect(await subjects(busy, { action: 'token.created', page: '2' })).toHaveLength(2);
  expect(await subjects(busy, { action: 'nonsense', page: '2' })).toHaveLength(3);
});
