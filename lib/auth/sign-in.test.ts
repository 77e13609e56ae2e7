import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { openDb } from '#lib/db.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { clientAddressOf } from './client-address.ts';
import { PasswordQueue } from './password-queue.ts';
import { SignIns } from './sign-in.ts';
import { MOST_WRONG_FROM_BROWSERS, MOST_WRONG_PASSWORDS, SignInLimit } from './sign-in-limit.ts';
import { signInNetworkOf } from './sign-in-network.ts';

const password = 'correct horse';
const browserKey = Buffer.alloc(32, 'k');
const HOME = '192.0.2.1';
const ELSEWHERE = '198.51.100.1';

let fixtures: Fixtures;
let databaseUrl: string;
let accountId: number;

beforeAll(async () => {
  databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  accountId = (await fixtures.addAccount()).id;
  await fixtures.addUser(accountId, 'owner@example.com', password);
  await fixtures.addUser(accountId, 'other@example.com', password);
});
afterAll(async () => {
  await Promise.all(deferred);
  await fixtures.close();
});
/** What was put off until after the answer. */
const deferred: Promise<void>[] = [];
const defer = (work: () => Promise<void>) => void deferred.push(work());

beforeEach(async () => {
  await fixtures.db.signInAttempts.deleteMany();
  await fixtures.db.signInNetwork.deleteMany();
});

/** Attempts as another process of the console makes them: nothing is shared but the database. */
function attempt(email: string, given = password, address = HOME, browser?: string) {
  return new SignIns(fixtures.db, { browserKey, defer }).signIn({ email, password: given }, { address, browser });
}

async function fail(email: string, times = MOST_WRONG_PASSWORDS, address = HOME, browser?: string) {
  const results = [];
  for (let i = 0; i < times; i++) results.push(await attempt(email, 'wrong', address, browser));
  return results;
}

/** Signs in from there once, and returns what the browser keeps. */
async function signInOnce(email: string, address: string) {
  const result = await attempt(email, password, address);
  if (!('user' in result)) throw new Error(`the user can sign in: ${result.refused}`);
  return result.browser;
}

/** As if somebody had used up what is allowed, without the work of checking it. */
async function fill(times: number, whoseAndWhere: (i: number) => [email: string, address: string]) {
  const limit = new SignInLimit(fixtures.db);
  for (let i = 0; i < times; i++) {
    const [email, address] = whoseAndWhere(i);
    await limit.count({ email, from: signInNetworkOf(address) });
  }
}

const wrong = { refused: 'wrongCredentials' };
const locked = { refused: 'locked', retryAfterSeconds: expect.any(Number) };

describe('a lock', () => {
  test('after ten wrong passwords the right one is refused, too, with the time to wait', async () => {
    expect(await fail('owner@example.com')).toEqual(Array(MOST_WRONG_PASSWORDS).fill(wrong));
    const result = await attempt('OWNER@example.com');
    expect(result).toEqual(locked);
    const seconds = 'retryAfterSeconds' in result ? result.retryAfterSeconds : 0;
    expect(seconds).toBeGreaterThan(14 * 60);
    expect(seconds).toBeLessThanOrEqual(15 * 60);
  });

  test('another address and another account are not locked', async () => {
    await fail('owner@example.com', MOST_WRONG_PASSWORDS + 1);
    expect(await attempt('owner@example.com', password, ELSEWHERE)).toHaveProperty('user');
    expect(await attempt('other@example.com')).toHaveProperty('user');
  });

  test('an unknown user is locked just as a known one', async () => {
    const results = await fail('nobody@example.com', MOST_WRONG_PASSWORDS + 1);
    expect(results).toEqual([...Array(MOST_WRONG_PASSWORDS).fill(wrong), locked]);
  });

  test('a right password starts the count anew', async () => {
    await fail('other@example.com', MOST_WRONG_PASSWORDS - 1);
    expect(await attempt('other@example.com')).toHaveProperty('user');
    expect(await fail('other@example.com')).toEqual(Array(MOST_WRONG_PASSWORDS).fill(wrong));
  });

  test('when the time is over, the right password works', async () => {
    await fail('owner@example.com', MOST_WRONG_PASSWORDS + 1);
    expect(await attempt('owner@example.com')).toEqual(locked);
    await fixtures.db.signInAttempts.updateMany({ data: { expire: new Date(Date.now() - 1) } });
    expect(await attempt('owner@example.com')).toHaveProperty('user');
  });

  test('of a hundred guesses at once no more than ten are checked, and some are told to come back', async () => {
    const signIns = new SignIns(fixtures.db, {
      browserKey,
      queue: new PasswordQueue({ atOnce: 4, waiting: 20 }),
      defer,
    });
    const guess = { email: 'owner@example.com', password: 'wrong' };
    const results = await Promise.all(Array.from({ length: 100 }, () => signIns.signIn(guess, { address: HOME })));
    const count = (refused: string) => results.filter((result) => 'refused' in result && result.refused === refused);
    expect(count('wrongCredentials')).toHaveLength(MOST_WRONG_PASSWORDS);
    expect(count('busy').length).toBeGreaterThan(50);
    expect(count('locked').length + count('busy').length).toBe(90);
  });
});

describe('the owner, from a network where they signed in before', () => {
  test.each<[string, number, (i: number) => [email: string, address: string]]>([
    ['at their account from there', 100, () => ['owner@example.com', HOME]],
    ['at their account from many networks', 100, (i) => ['owner@example.com', `203.0.113.${i}`]],
    ['at many accounts from there', 100, (i) => [`user-${i}@example.com`, HOME]],
    ['at all accounts from everywhere', 400, (i) => [`user-${i}@example.com`, `203.0.${i >> 8}.${i & 255}`]],
  ])('gets in with the right password whatever others guess %s', async (_where, times, whoseAndWhere) => {
    await signInOnce('owner@example.com', HOME);
    await fill(times, whoseAndWhere);
    expect(await attempt('owner@example.com', 'wrong')).toEqual(locked);
    // It waits until the guess before it was three seconds ago.
    expect(await attempt('owner@example.com')).toHaveProperty('user');
  });

  test('is locked as others are from where they did not, were it with the right password', async () => {
    await signInOnce('owner@example.com', HOME);
    await signInOnce('other@example.com', ELSEWHERE);
    await fail('owner@example.com', MOST_WRONG_PASSWORDS, ELSEWHERE);
    expect(await attempt('owner@example.com', password, ELSEWHERE)).toEqual(locked);
    expect(await attempt('other@example.com', password, ELSEWHERE)).toHaveProperty('user');
  });

  test('after a lock, a guess from their own network is one in three seconds, and nobody waits for long', async () => {
    const signIns = new SignIns(fixtures.db, { browserKey, defer });
    await signInOnce('owner@example.com', HOME);
    await fill(MOST_WRONG_PASSWORDS, () => ['owner@example.com', HOME]);
    const startedAt = performance.now();
    const guess = { email: 'owner@example.com', password };
    const results = await Promise.all(Array.from({ length: 60 }, () => signIns.signIn(guess, { address: HOME })));
    const seconds = (performance.now() - startedAt) / 1000;
    const checked = results.filter((result) => 'user' in result).length;
    expect(checked).toBeGreaterThan(0);
    expect(checked).toBeLessThanOrEqual(3);
    expect(seconds).toBeGreaterThan((checked - 1) * 2);
  });

  test('is told of nothing but the lock by others: unknown, known elsewhere, disabled', async () => {
    await signInOnce('owner@example.com', HOME);
    const disabled = await fixtures.addUser(accountId, 'disabled@example.com', password);
    await signInOnce('disabled@example.com', HOME);
    await fixtures.db.user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
    await signInOnce('other@example.com', ELSEWHERE);
    const emails = ['nobody@example.com', 'other@example.com', 'disabled@example.com'];
    for (const email of emails) await fill(MOST_WRONG_PASSWORDS, () => [email, HOME]);
    for (const email of emails) expect([email, await attempt(email)]).toEqual([email, locked]);
  });

  test('a new user gets in from where all of the account come from, and not from where only others do', async () => {
    const stranger = await fixtures.addAccount();
    await fixtures.addUser(stranger.id, 'stranger@example.com', password);
    await signInOnce('owner@example.com', HOME);
    await signInOnce('stranger@example.com', ELSEWHERE);
    for (const address of [HOME, ELSEWHERE]) await fill(40, (i) => [`user-${i}@example.com`, address]);
    expect(await attempt('other@example.com', password, ELSEWHERE)).toEqual(locked);
    expect(await attempt('other@example.com', password, HOME)).toHaveProperty('user');
  });

  test('networks are few for each user, the last ones, and not for ever', async () => {
    for (let i = 0; i < 12; i++) await signInOnce('owner@example.com', `203.0.113.${i}`);
    await signInOnce('owner@example.com', '::ffff:203.0.113.11');
    await signInOnce('other@example.com', HOME);
    const rows = await fixtures.db.signInNetwork.findMany({ where: { user: { email: 'owner@example.com' } } });
    expect(rows.map(({ network }) => network).toSorted()).toEqual(
      [10, 11, 4, 5, 6, 7, 8, 9].map((i) => `203.0.113.${i}`),
    );
    await fixtures.db.signInNetwork.updateMany({ data: { lastAt: new Date(Date.now() - 91 * 86_400_000) } });
    await fill(MOST_WRONG_PASSWORDS, () => ['owner@example.com', '203.0.113.11']);
    expect(await attempt('owner@example.com', password, '203.0.113.11')).toEqual(locked);
  });

  test('an address that nobody knows is nobody’s network', async () => {
    await signInOnce('owner@example.com', '');
    await fill(MOST_WRONG_PASSWORDS, () => ['owner@example.com', '']);
    expect(await attempt('owner@example.com', password, '')).toEqual(locked);
  });
});

describe('a browser in which the owner signed in before', () => {
  test('has its own ten, whatever others guess and wherever it is', async () => {
    const browser = await signInOnce('owner@example.com', HOME);
    for (const address of [HOME, ELSEWHERE]) await fill(40, () => ['owner@example.com', address]);
    expect(await attempt('owner@example.com', 'wrong', ELSEWHERE, browser)).toEqual(wrong);
    expect(await attempt('owner@example.com', password, ELSEWHERE, browser)).toHaveProperty('user');
  });

  test('locks nobody with its own wrong passwords, and then counts as any other', async () => {
    const browser = await signInOnce('owner@example.com', HOME);
    expect(await fail('owner@example.com', MOST_WRONG_PASSWORDS, ELSEWHERE, browser)).toEqual(Array(10).fill(wrong));
    const results = await fail('owner@example.com', MOST_WRONG_PASSWORDS + 1, ELSEWHERE, browser);
    expect(results).toEqual([...Array(MOST_WRONG_PASSWORDS).fill(wrong), locked]);
  });

  test('gains nothing by having been made known again and again', async () => {
    const browsers = [];
    for (let i = 0; i < 5; i++) browsers.push(await signInOnce('owner@example.com', HOME));
    const results = [];
    for (const browser of browsers) results.push(await fail('owner@example.com', 10, ELSEWHERE, browser));
    // Three browsers' worth, then as from nowhere in particular.
    expect(results.flat().filter((result) => !('retryAfterSeconds' in result))).toHaveLength(
      MOST_WRONG_FROM_BROWSERS + MOST_WRONG_PASSWORDS,
    );
  });

  test('is nothing to another account', async () => {
    const browser = await signInOnce('owner@example.com', HOME);
    const results = await fail('other@example.com', MOST_WRONG_PASSWORDS + 1, ELSEWHERE, browser);
    expect(results.at(-1)).toEqual(locked);
  });
});

test.each([
  { email: 'owner@example.com', password: '' },
  { email: 'no address', password },
  { email: 'owner@example.com', password: 'a'.repeat(1_000_000) },
  { email: { not: '' }, password },
  {},
  null,
])('what are no credentials is refused, and counts nothing: %#', async (input) => {
  expect(await new SignIns(fixtures.db, { browserKey, defer }).signIn(input, { address: HOME })).toEqual(wrong);
  expect(await fixtures.db.signInAttempts.count()).toBe(0);
});

test('without the database it throws, and neither lets in nor refuses', async () => {
  const gone = openDb(databaseUrl.replace(/:\d+\//, ':1/'));
  const signIns = new SignIns(gone, { browserKey });
  await expect(signIns.signIn({ email: 'owner@example.com', password }, { address: '' })).rejects.toThrow();
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

describe('the trace', () => {
  const address = '2001:db8:1:2::77';
  const trace = { network: '2001:db8:1:2::/64', userAgent: 'Firefox/140.0' };
  let signIns: SignIns;
  let userId: string;
  beforeEach(async () => {
    signIns = new SignIns(fixtures.db, { browserKey, defer });
    const { id } = await fixtures.addUser(accountId, `${crypto.randomUUID()}@example.com`, password);
    userId = id;
  });

  async function ask(given: string, email?: string) {
    const own = await fixtures.db.user.findUniqueOrThrow({ where: { id: userId } });
    const credentials = { email: email ?? own.email, password: given };
    return signIns.signIn(credentials, { address, userAgent: 'Fire\u0000fox/140.0\u202e' });
  }

  async function readTrace() {
    await Promise.all(deferred);
    const rows = await fixtures.db.auditEvent.findMany({ where: { subjectId: userId }, orderBy: { id: 'asc' } });
    return rows.map(({ actor, action, network, userAgent }) => ({ actor, action, network, userAgent }));
  }

  test('of a success says who, from where and with what', async () => {
    await ask(password);
    const { email } = await fixtures.db.user.findUniqueOrThrow({ where: { id: userId } });
    expect(await readTrace()).toEqual([{ actor: email, action: 'user.signed_in', ...trace }]);
  });

  test('of wrong passwords and their lock says that somebody tried, and of what came after nothing more', async () => {
    for (let i = 0; i < MOST_WRONG_PASSWORDS + 5; i++) await ask('wrong');
    const failed = { actor: 'nobody', action: 'user.sign_in_failed', ...trace };
    const rows = await readTrace();
    expect(rows.filter(({ action }) => action === 'user.sign_in_failed')).toEqual(
      Array(MOST_WRONG_PASSWORDS).fill(failed),
    );
    expect(rows.filter(({ action }) => action !== 'user.sign_in_failed')).toEqual([
      { ...failed, action: 'user.sign_in_locked' },
    ]);
  });

  test('of a disabled user with the right password is that of a failure', async () => {
    await fixtures.db.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    expect(await ask(password)).toEqual(wrong);
    expect(await readTrace()).toMatchObject([{ action: 'user.sign_in_failed' }]);
  });

  test('of an address that is nobody’s is in no account', async () => {
    const before = await fixtures.db.auditEvent.count();
    for (let i = 0; i <= MOST_WRONG_PASSWORDS; i++) await ask('wrong', 'nobody@example.com');
    await Promise.all(deferred);
    expect(await fixtures.db.auditEvent.count()).toBe(before);
  });

  test('is written after the answer, where it is one only for those who exist', async () => {
    const late: (() => Promise<void>)[] = [];
    signIns = new SignIns(fixtures.db, { browserKey, defer: (work) => void late.push(work) });
    expect(await ask('wrong')).toEqual(wrong);
    expect(await readTrace()).toEqual([]);
    await Promise.all(late.map((work) => work()));
    expect(await readTrace()).toHaveLength(1);
  });

  test('that cannot be written lets nobody in', async () => {
    await fixtures.db.$executeRaw`ALTER TABLE audit_event RENAME TO audit_event_gone`;
    await expect(ask(password)).rejects.toThrow();
    await fixtures.db.$executeRaw`ALTER TABLE audit_event_gone RENAME TO audit_event`;
  });
});
