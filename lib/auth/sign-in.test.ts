import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openDb } from '#lib/db.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { clientAddressOf } from './client-address.ts';
import { signIn } from './sign-in.ts';
import { MOST_WRONG_PASSWORDS, openSignInLimit } from './sign-in-limit.ts';

const password = 'correct horse';

let fixtures: Fixtures;
let databaseUrl: string;

beforeAll(async () => {
  databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  const { id } = await fixtures.addAccount();
  for (const name of ['one', 'two', 'three', 'four', 'five']) {
    await fixtures.addUser(id, `${name}@example.com`, password);
  }
});
afterAll(() => fixtures.close());

/** Attempts as another process of the console makes them: nothing is shared but the database. */
function attempt(email: string, given: string, address = '192.0.2.1') {
  return signIn(fixtures.db, openSignInLimit(fixtures.db), { email, password: given }, address);
}

async function fail(email: string, times: number, address?: string) {
  const results = [];
  for (let i = 0; i < times; i++) results.push(await attempt(email, 'wrong', address));
  return results;
}

const locked = { refused: 'locked', retryAfterSeconds: expect.any(Number) };

test('after ten wrong passwords the right one is refused, too, with the time to wait', async () => {
  const results = await fail('one@example.com', MOST_WRONG_PASSWORDS);
  expect(results.every((result) => 'refused' in result && result.refused === 'wrongCredentials')).toBe(true);
  const result = await attempt('ONE@example.com', password);
  expect(result).toEqual(locked);
  const seconds = 'retryAfterSeconds' in result ? result.retryAfterSeconds : 0;
  expect(seconds).toBeGreaterThan(14 * 60);
  expect(seconds).toBeLessThanOrEqual(15 * 60);
});

test('another address and another account are not locked', async () => {
  await fail('two@example.com', MOST_WRONG_PASSWORDS + 1);
  expect(await attempt('two@example.com', password, '192.0.2.2')).toHaveProperty('user');
  expect(await attempt('three@example.com', password)).toHaveProperty('user');
});

test('an unknown user is locked just as a known one', async () => {
  const results = await fail('nobody@example.com', MOST_WRONG_PASSWORDS + 1);
  expect(results.at(-2)).toEqual({ refused: 'wrongCredentials' });
  expect(results.at(-1)).toEqual(locked);
});

test('a right password starts the count anew', async () => {
  await fail('three@example.com', MOST_WRONG_PASSWORDS - 1);
  expect(await attempt('three@example.com', password)).toHaveProperty('user');
  await fail('three@example.com', MOST_WRONG_PASSWORDS - 1);
  expect(await attempt('three@example.com', password)).toHaveProperty('user');
});

test('when the time is over, the right password works', async () => {
  await fail('four@example.com', MOST_WRONG_PASSWORDS + 1);
  expect(await attempt('four@example.com', password)).toEqual(locked);
  await fixtures.db.signInAttempts.updateMany({ data: { expire: new Date(Date.now() - 1) } });
  expect(await attempt('four@example.com', password)).toHaveProperty('user');
});

test('of a hundred guesses at once no more than ten are checked', async () => {
  const guesses = Array.from({ length: 100 }, () => attempt('five@example.com', 'wrong'));
  const results = await Promise.all(guesses);
  const checked = results.filter((result) => 'refused' in result && result.refused === 'wrongCredentials');
  expect(checked).toHaveLength(MOST_WRONG_PASSWORDS);
});

test('without the database it throws, and neither lets in nor refuses', async () => {
  const gone = openDb(databaseUrl.replace(/:\d+\//, ':1/'));
  const limit = openSignInLimit(gone);
  await expect(signIn(gone, limit, { email: 'one@example.com', password }, '')).rejects.toThrow();
  await gone.$disconnect();
});

test.each([
  [{ 'x-forwarded-for': '192.0.2.1' }, '192.0.2.1'],
  [{ 'x-forwarded-for': '203.0.113.9, 192.0.2.1' }, '192.0.2.1'],
  [{ 'x-forwarded-for': '2001:db8::1' }, '2001:db8::1'],
  [{}, ''],
])('the address of %j is %j', (headers, address) => {
  expect(clientAddressOf(new Headers(headers))).toBe(address);
});
