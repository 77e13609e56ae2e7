import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { changePassword } from './change-password.ts';
import { checkCredentials, findLiveSession, type Session } from './credentials.ts';
import { rememberNetwork } from './known-networks.ts';
import { PasswordQueue } from './password-queue.ts';
import { MOST_WRONG_PASSWORDS } from './sign-in-limit.ts';

const CURRENT = 'correct horse';
const NEXT = 'battery staple';
const trace = { network: '203.0.113.7', userAgent: 'Firefox/140.0' };

let fixtures: Fixtures;
beforeAll(async () => {
  fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')));
});
afterAll(() => fixtures.close());

/** A new user's. */
async function openSession(): Promise<Session> {
  const { id: accountId } = await fixtures.addAccount();
  const { id: userId, email, sessionVersion } = await fixtures.addUser(accountId, `${accountId}@example.com`, CURRENT);
  return { userId, accountId, email, sessionVersion };
}

const change = (session: Session, current = CURRENT, next = NEXT, queue = new PasswordQueue()) =>
  changePassword(fixtures.db, queue, session, { current, next }, trace);

const signsIn = async ({ email }: Session, password: string) =>
  (await checkCredentials(fixtures.db, { email, password })).right;

const isLive = async ({ userId, sessionVersion }: Session) =>
  (await findLiveSession(fixtures.db, { sub: userId, sessionVersion })) !== null;

const readTrace = async ({ userId }: Session) =>
  fixtures.db.auditEvent.findMany({ where: { subjectId: userId }, orderBy: { id: 'asc' } });

test('the new password signs in and the old one does not; all other sessions end, and it leaves a trace', async () => {
  const session = await openSession();
  await rememberNetwork(fixtures.db, session.userId, '203.0.113.7');
  const result = await change(session);
  if (!result.ok) throw new Error(`it is changed: ${result.code}`);
  expect([await signsIn(session, NEXT), await signsIn(session, CURRENT)]).toEqual([true, false]);
  expect([await isLive(result.continued), await isLive(session)]).toEqual([true, false]);
  expect(await fixtures.db.signInNetwork.count({ where: { userId: session.userId } })).toBe(0);
  expect(await readTrace(session)).toMatchObject([
    { actor: session.email, action: 'user.password_changed', accountId: session.accountId, ...trace },
  ]);
});

test.each([
  ['wrongCurrent', 'wrong horse', NEXT],
  ['wrongCurrent', `${CURRENT} `, NEXT],
  ['wrongCurrent', CURRENT.toUpperCase(), NEXT],
  ['unchanged', CURRENT, CURRENT],
  ['common', CURRENT, 'qwerty123456'],
  ['personal', CURRENT, 'Latchkey-2026'],
])('%s: nothing is changed, and no session ends', async (code, current, next) => {
  const session = await openSession();
  expect(await change(session, current, next)).toEqual({ ok: false, code });
  expect([await signsIn(session, CURRENT), await isLive(session)]).toEqual([true, true]);
  const failed = code === 'wrongCurrent' ? ['user.password_change_failed'] : [];
  expect((await readTrace(session)).map(({ action }) => action)).toEqual(failed);
});

test('who guesses the present password from a session is locked after ten, were the next one right', async () => {
  const session = await openSession();
  for (let i = 0; i < MOST_WRONG_PASSWORDS; i++) {
    expect(await change(session, 'wrong horse')).toEqual({ ok: false, code: 'wrongCurrent' });
  }
  expect(await change(session)).toEqual({ ok: false, code: 'locked', retryAfterSeconds: expect.any(Number) });
  expect(await signsIn(session, CURRENT)).toBe(true);
  await fixtures.db.signInAttempts.updateMany({ data: { expire: new Date(Date.now() - 1) } });
  expect(await change(session)).toMatchObject({ ok: true });
});

test('a right one starts the count anew', async () => {
  const session = await openSession();
  for (let i = 0; i < MOST_WRONG_PASSWORDS - 1; i++) await change(session, 'wrong horse');
  const result = await change(session);
  if (!result.ok) throw new Error(`it is changed: ${result.code}`);
  for (let i = 0; i < MOST_WRONG_PASSWORDS; i++) {
    expect(await change(result.continued, 'wrong horse', CURRENT)).toEqual({ ok: false, code: 'wrongCurrent' });
  }
});

test('of two changes at once one wins', async () => {
  const session = await openSession();
  const queue = new PasswordQueue({ atOnce: 2 });
  const results = await Promise.all([NEXT, 'another staple'].map((next) => change(session, CURRENT, next, queue)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results).toContainEqual({ ok: false, code: 'sessionEnded' });
  expect(await readTrace(session)).toHaveLength(1);
});

test('a session that has ended changes nothing', async () => {
  const session = await openSession();
  await fixtures.db.user.update({ where: { id: session.userId }, data: { sessionVersion: { increment: 1 } } });
  expect(await change(session)).toEqual({ ok: false, code: 'sessionEnded' });
  expect(await signsIn(session, CURRENT)).toBe(true);
});

test('when too many passwords wait to be checked, it says so, and changes nothing', async () => {
  const session = await openSession();
  const queue = new PasswordQueue({ atOnce: 1, waiting: 0 });
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = queue.run(() => promise);
  expect(await change(session, CURRENT, NEXT, queue)).toEqual({ ok: false, code: 'busy' });
  resolve();
  await first;
  expect(await signsIn(session, CURRENT)).toBe(true);
});

test('what cannot be recorded does not happen', async () => {
  const session = await openSession();
  const unfit = { network: 'a\0b', userAgent: null };
  const input = { current: CURRENT, next: NEXT };
  await expect(changePassword(fixtures.db, new PasswordQueue(), session, input, unfit)).rejects.toThrow();
  expect([await signsIn(session, CURRENT), await isLive(session)]).toEqual([true, true]);
});
