import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { checkCredentials, findLiveSession } from './credentials.ts';

const password = 'correct horse';

let fixtures: Fixtures;
let accountId: number;

beforeAll(async () => {
  fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')));
  accountId = (await fixtures.addAccount()).id;
  await fixtures.addUser(accountId, 'admin@example.com', password);
});
afterAll(() => fixtures.close());

async function signIn(email: string, given = password) {
  const { right, user } = await checkCredentials(fixtures.db, { email, password: given });
  return right ? user : null;
}

async function openSession(email: string) {
  await fixtures.addUser(accountId, email, password);
  const user = await signIn(email);
  if (!user) throw new Error('the user can sign in');
  return { sub: user.id, sessionVersion: user.sessionVersion };
}

test('the right password signs in', async () => {
  expect(await signIn('admin@example.com')).toMatchObject({ sessionVersion: 1 });
});

test('another password does not, and is told whose it was not', async () => {
  const wrong = { email: 'admin@example.com', password: 'Correct horse' };
  expect(await checkCredentials(fixtures.db, wrong)).toMatchObject({ right: false, user: { email: wrong.email } });
  const nobodys = { email: 'nobody@example.com', password };
  expect(await checkCredentials(fixtures.db, nobodys)).toEqual({ right: false, user: null });
});

test('a disabled user cannot sign in, and an open session ends', async () => {
  const claims = await openSession('disabled@example.com');
  expect(await findLiveSession(fixtures.db, claims)).toMatchObject({ accountId, email: 'disabled@example.com' });
  await fixtures.db.user.update({ where: { id: claims.sub }, data: { disabledAt: new Date() } });
  expect(await findLiveSession(fixtures.db, claims)).toBeNull();
  expect(await signIn('disabled@example.com')).toBeNull();
});

test('an unknown user costs as much as a wrong password', async () => {
  const timesOf = { 'nobody@example.com': [] as number[], 'admin@example.com': [] as number[] };
  // In turn, so that what else the machine does at a time hits both.
  for (let i = 0; i < 15; i++) {
    for (const email of ['nobody@example.com', 'admin@example.com'] as const) {
      const startedAt = performance.now();
      await signIn(email, 'wrong');
      timesOf[email].push(performance.now() - startedAt);
    }
  }
  const median = (times: number[]) => times.toSorted((x, y) => x - y)[7] ?? 0;
  const [unknown, wrong] = [median(timesOf['nobody@example.com']), median(timesOf['admin@example.com'])];
  // Without the decoy an unknown user takes a tenth of the time.
  expect(unknown).toBeGreaterThan(wrong / 2);
});

test.each([null, {}, { sub: 'x', sessionVersion: 1 }, { sub: randomUUID(), sessionVersion: 1 }, { sub: randomUUID() }])(
  'claims that name nobody are no session: %j',
  async (claims) => {
    expect(await findLiveSession(fixtures.db, claims)).toBeNull();
  },
);
