import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { MOST_WRONG_FOR_ACCOUNT, MOST_WRONG_FROM_NETWORK, MOST_WRONG_PASSWORDS, SignInLimit } from './sign-in-limit.ts';
import { signInNetworkOf } from './sign-in-network.ts';
import { tendSignIns } from './upkeep.ts';

let fixtures: Fixtures;
let limit: SignInLimit;

beforeAll(async () => {
  fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')));
  limit = new SignInLimit(fixtures.db);
});
afterAll(() => fixtures.close());
beforeEach(async () => {
  await fixtures.db.signInAttempts.deleteMany();
});

const attempt = (email: string, address: string) => ({ email, from: signInNetworkOf(address) });

/** How many of so many attempts, one after the other, were allowed. */
async function countAllowed(attempts: number, whoseAndWhere: (i: number) => [email: string, address: string]) {
  let allowed = 0;
  for (let i = 0; i < attempts; i++) {
    if ((await limit.count(attempt(...whoseAndWhere(i)))).waitSeconds === 0) allowed++;
  }
  return allowed;
}

const someone = (i: number) => `user-${i}@example.com`;
const hex = (i: number) => (i + 1).toString(16);

test.each<[string, number, (i: number) => [string, string]]>([
  ['one account from one address', MOST_WRONG_PASSWORDS, () => ['one@example.com', '192.0.2.1']],
  ['one account from nowhere', MOST_WRONG_PASSWORDS, () => ['one@example.com', '']],
  [
    'one account from two ways to write an address',
    MOST_WRONG_PASSWORDS,
    (i) => ['one@example.com', i % 2 ? '192.0.2.1' : '::ffff:192.0.2.1'],
  ],
  [
    'one account from an IPv6 host that has an address for each',
    MOST_WRONG_PASSWORDS,
    (i) => ['one@example.com', `2001:db8::${hex(i)}`],
  ],
  ['one account from four addresses', MOST_WRONG_FOR_ACCOUNT, (i) => ['one@example.com', `192.0.2.${i % 4}`]],
  ['one account from an address for each', MOST_WRONG_FOR_ACCOUNT, (i) => ['one@example.com', `192.0.2.${i}`]],
  [
    'one account from a customer of many /64',
    MOST_WRONG_FOR_ACCOUNT,
    (i) => ['one@example.com', `2001:db8:0:${hex(i)}::1`],
  ],
  ['200 accounts from one address', MOST_WRONG_FROM_NETWORK, (i) => [someone(i), '192.0.2.1']],
  ['200 accounts from nowhere', MOST_WRONG_FROM_NETWORK, (i) => [someone(i), '']],
  [
    '200 accounts from an IPv6 host that has an address for each',
    MOST_WRONG_FROM_NETWORK,
    (i) => [someone(i), `2001:db8::${hex(i)}`],
  ],
  ['200 accounts from a customer of many /64', 100, (i) => [someone(i), `2001:db8:0:${hex(i)}::1`]],
])('of 200 guesses at %s only %i are checked', async (_what, most, whoseAndWhere) => {
  expect(await countAllowed(200, whoseAndWhere)).toBe(most);
});

test.each<[string, (i: number) => string]>([
  ['IPv4', (i) => `198.51.${i >> 8}.${i & 255}`],
  ['IPv6, a customer for each', (i) => `2001:db8:${hex(i)}::1`],
])('of 400 guesses at 400 accounts from 400 addresses of %s only 300 are checked', async (_what, address) => {
  expect(await countAllowed(400, (i) => [someone(i), address(i)])).toBe(300);
});

test('other accounts and other networks are not locked with those that are', async () => {
  await countAllowed(50, () => ['one@example.com', '192.0.2.1']);
  expect(await countAllowed(1, () => ['one@example.com', '192.0.2.2'])).toBe(1);
  expect(await countAllowed(1, () => ['two@example.com', '192.0.2.1'])).toBe(1);
});

test('one network cannot lock an account everywhere, nor everybody, however many attempts it makes at once', async () => {
  const flood = (email: string) => Array.from({ length: 100 }, () => limit.count(attempt(email, '192.0.2.1')));
  await Promise.all([...flood('one@example.com'), ...flood('two@example.com'), ...flood('three@example.com')]);
  expect(await countAllowed(10, (i) => ['one@example.com', `198.51.100.${i}`])).toBe(10);
  const { points } = await fixtures.db.signInAttempts.findUniqueOrThrow({ where: { key: 'all' } });
  expect(points).toBeLessThanOrEqual(MOST_WRONG_FROM_NETWORK + 10);
});

test('of a hundred at once no more are checked than one after the other', async () => {
  const counted = await Promise.all(Array.from({ length: 100 }, () => limit.count(attempt('one@example.com', '::1'))));
  expect(counted.filter(({ waitSeconds }) => waitSeconds === 0)).toHaveLength(MOST_WRONG_PASSWORDS);
});

test('who is refused writes nothing: 2,000 guessed accounts leave no more rows than were allowed', async () => {
  await countAllowed(2_000, (i) => [someone(i), '192.0.2.1']);
  expect(await fixtures.db.signInAttempts.count()).toBeLessThanOrEqual(2 * MOST_WRONG_FROM_NETWORK + 2);
});

test('what no longer counts is deleted, and nothing else', async () => {
  await countAllowed(30, (i) => [someone(i), '192.0.2.1']);
  await fixtures.db.signInAttempts.updateMany({ data: { expire: new Date(Date.now() - 1) } });
  await limit.count(attempt('one@example.com', '192.0.2.9'));
  await tendSignIns(fixtures.db);
  const keys = (await fixtures.db.signInAttempts.findMany()).map(({ key }) => key);
  expect(keys.filter((key) => key === 'all' || key.startsWith('account:') || key.endsWith('192.0.2.9'))).toEqual(keys);
  expect(keys).toHaveLength(4);
});

test('the last attempt before a lock says so, and the lock is as long as it was told to be', async () => {
  const last = Array.from({ length: MOST_WRONG_PASSWORDS }, () => limit.count(attempt('one@example.com', '::1')));
  const filled = (await Promise.all(last)).flatMap(({ filledKeys }) => filledKeys);
  expect(filled).toEqual([expect.stringMatching(/^account:\d+:::\/64$/)]);
  // It is 15 minutes from here, however long ago the first attempt was.
  await fixtures.db.signInAttempts.deleteMany();
  await countAllowed(MOST_WRONG_PASSWORDS - 1, () => ['one@example.com', '::1']);
  await fixtures.db.signInAttempts.updateMany({ data: { expire: new Date(Date.now() + 60_000) } });
  await limit.count(attempt('one@example.com', '::1'));
  const { waitSeconds } = await limit.count(attempt('one@example.com', '::1'));
  expect(waitSeconds).toBeGreaterThan(14 * 60);
  expect(waitSeconds).toBeLessThanOrEqual(15 * 60);
});

test('a right password takes back what it counted, for its own account and for others', async () => {
  for (let i = 0; i < 3 * MOST_WRONG_FROM_NETWORK; i++) {
    const right = attempt(someone(i % 5), '192.0.2.1');
    expect((await limit.count(right)).waitSeconds).toBe(0);
    await limit.forget(right);
  }
  await limit.count(attempt('one@example.com', '192.0.2.1'));
  await limit.forget(attempt('one@example.com', '192.0.2.1'));
  const rows = await fixtures.db.signInAttempts.findMany();
  expect(rows.filter(({ points }) => points !== 0)).toEqual([]);
});
