import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { openConsoleClient } from '#testing/console-client.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { type RunningProcess, startConsole } from '#testing/processes.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';

const OWNER = 'owner@example.com';
const PASSWORD = 'right-password';

let fixtures: Fixtures;
/** All its clients are one address to it. */
let behindUnknownProxy: RunningProcess;
let behindTrustedProxy: RunningProcess;
beforeAll(async () => {
  const databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  await fixtures.addUser((await fixtures.addAccount()).id, OWNER, PASSWORD);
  [behindUnknownProxy, behindTrustedProxy] = await Promise.all([
    startConsole({ databaseUrl }),
    startConsole({ databaseUrl, env: { TRUSTED_PROXIES: '127.0.0.1' } }),
  ]);
}, 120_000);
afterAll(async () => {
  await Promise.all([behindUnknownProxy.stop(), behindTrustedProxy.stop()]);
  await fixtures.close();
});
beforeEach(async () => {
  await fixtures.db.signInAttempts.deleteMany();
  await fixtures.db.signInNetwork.deleteMany();
});

type Guess = { email: string; from?: string };

/** All of them at once, each with a browser of its own; what they were answered. */
async function guess(target: RunningProcess, guesses: Guess[]) {
  const client = openConsoleClient(target.origin);
  const csrfToken = await client.csrfToken();
  const answers = await Promise.all(
    guesses.map(({ email, from }) =>
      client.ask('/api/auth/callback/credentials', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...(from && { 'x-forwarded-for': from }) },
        body: String(new URLSearchParams({ email, password: 'wrong', csrfToken })),
      }),
    ),
  );
  await client.close();
  return answers;
}

const times = (count: number, make: (i: number) => Guess) => Array.from({ length: count }, (_, i) => make(i));

test.each([
  ["the owner's password", times(40, () => ({ email: OWNER }))],
  ['passwords of many accounts', times(60, (i) => ({ email: `user-${i}@example.com` }))],
  ['both', times(80, (i) => ({ email: i % 2 ? OWNER : `user-${i}@example.com` }))],
])('where all come from one address, a stranger who guesses %s does not lock out the owner', async (_what, guesses) => {
  const browser = openConsoleClient(behindUnknownProxy.origin);
  expect((await browser.signIn(OWNER, PASSWORD)).status).toBe(200);
  const statuses = new Set((await guess(behindUnknownProxy, guesses)).map(({ status }) => status));
  expect(statuses).toContain(429);
  // Where they signed in before, and with a browser that nobody has seen.
  expect((await browser.signIn(OWNER, PASSWORD)).status).toBe(200);
  const fresh = openConsoleClient(behindUnknownProxy.origin);
  expect((await fresh.signIn(OWNER, PASSWORD)).status).toBe(200);
  await Promise.all([browser.close(), fresh.close()]);
});

test('what a browser keeps to be known by is out of reach of scripts, and survives signing out', async () => {
  const client = openConsoleClient(behindUnknownProxy.origin);
  const { headers } = await client.signIn(OWNER, PASSWORD);
  const line = [headers['set-cookie'] ?? []].flat().find((cookie) => cookie.startsWith('latchkey.browser='));
  expect(line).toMatch(/; Path=\/;.* Max-Age=7776000;.*HttpOnly; SameSite=strict/i);
  await client.close();
});

test('of 150 sign-ins at once, from as many addresses, few are worked at and the rest told to come back', async () => {
  const answers = await guess(
    behindTrustedProxy,
    times(150, (i) => ({ email: `user-${i}@example.com`, from: `203.0.113.${i}` })),
  );
  const refused = answers.filter(({ status }) => status === 503);
  expect(refused.length).toBeGreaterThan(50);
  expect(new Set(refused.map(({ headers }) => headers['retry-after']))).toEqual(new Set(['1']));
  expect(answers.filter(({ status }) => status !== 401 && status !== 503)).toEqual([]);
});
