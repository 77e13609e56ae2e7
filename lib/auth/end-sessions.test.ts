import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { findLiveSession, type Session } from './credentials.ts';
import { endOtherSessions, endSessions } from './end-sessions.ts';

const trace = { network: '203.0.113.7', userAgent: 'Firefox/140.0' };

let fixtures: Fixtures;
beforeAll(async () => {
  fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')));
});
afterAll(() => fixtures.close());

/** A new user's. */
async function openSession(): Promise<Session> {
  const { id: accountId } = await fixtures.addAccount();
  const { id: userId, email, sessionVersion } = await fixtures.addUser(accountId, `${accountId}@example.com`, 'secret');
  return { userId, accountId, email, sessionVersion };
}

const isLive = async ({ userId, sessionVersion }: Session) =>
  (await findLiveSession(fixtures.db, { sub: userId, sessionVersion })) !== null;

const readActions = async ({ userId }: Session) =>
  (await fixtures.db.auditEvent.findMany({ where: { subjectId: userId } })).map(({ action }) => action);

test('signing out ends all sessions of the user, and of nobody else, and leaves a trace', async () => {
  const [session, other] = [await openSession(), await openSession()];
  await endSessions(fixtures.db, session, trace);
  expect([await isLive(session), await isLive(other)]).toEqual([false, true]);
  expect(await fixtures.db.auditEvent.findMany({ where: { subjectId: session.userId } })).toMatchObject([
    { action: 'user.signed_out', actor: session.email, accountId: session.accountId, gatewayName: null, ...trace },
  ]);
});

test('ending the others ends all but this one, which goes on under another version', async () => {
  const session = await openSession();
  const continued = await endOtherSessions(fixtures.db, session, trace);
  if (!continued) throw new Error('the session is open');
  expect([await isLive(session), await isLive(continued)]).toEqual([false, true]);
  expect(await readActions(session)).toEqual(['user.other_sessions_ended']);
});

test('of two sessions that end each other at once one goes on', async () => {
  const session = await openSession();
  const results = await Promise.all([1, 2, 3].map(() => endOtherSessions(fixtures.db, session, trace)));
  expect(results.filter((continued) => continued !== null)).toHaveLength(1);
  expect(await readActions(session)).toEqual(['user.other_sessions_ended']);
});

test.each([
  ['ended', (session: Session) => endSessions(fixtures.db, session, trace)],
  [
    'disabled',
    ({ userId: id }: Session) => fixtures.db.user.update({ where: { id }, data: { disabledAt: new Date() } }),
  ],
])('a session of one that is %s ends no later one, and leaves no trace', async (_how, end) => {
  const session = await openSession();
  await end(session);
  const before = await readActions(session);
  await endSessions(fixtures.db, session, trace);
  expect(await endOtherSessions(fixtures.db, session, trace)).toBeNull();
  expect(await readActions(session)).toEqual(before);
});

test('what cannot be recorded does not happen', async () => {
  const session = await openSession();
  const unfit = { network: 'a\0b', userAgent: null };
  await expect(endSessions(fixtures.db, session, unfit)).rejects.toThrow();
  await expect(endOtherSessions(fixtures.db, session, unfit)).rejects.toThrow();
  expect(await isLive(session)).toBe(true);
});
