import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { MOST_WRONG_PASSWORDS } from '#lib/auth/sign-in-limit.ts';
import { openConsoleClient } from '#testing/console-client.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { type RunningProcess, startConsole, startProxy } from '#testing/processes.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';

const PASSWORD = 'right-password';

let fixtures: Fixtures;
let databaseUrl: string;
let accountId: number;
let consoleOfProxy: RunningProcess;
let behindProxy: RunningProcess;
let facingClients: RunningProcess;
let consoleAlone: RunningProcess;
beforeAll(async () => {
  databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  accountId = (await fixtures.addAccount()).id;
  [consoleOfProxy, consoleAlone] = await Promise.all([
    // As `npm start` runs it: it believes the proxy.
    startConsole({ databaseUrl, env: { TRUSTED_PROXIES: '127.0.0.1,::1' } }),
    startConsole({ databaseUrl }),
  ]);
  const env = { CONSOLE_UPSTREAM: consoleOfProxy.origin, PROXY_WORKERS: '1' };
  [behindProxy, facingClients] = await Promise.all([
    startProxy({ databaseUrl, env: { ...env, TRUSTED_PROXIES: '127.0.0.1' } }),
    startProxy({ databaseUrl, env }),
  ]);
}, 120_000);
afterAll(async () => {
  await Promise.all([behindProxy.stop(), facingClients.stop(), consoleAlone.stop(), consoleOfProxy.stop()]);
  await fixtures.close();
});

/** The statuses of as many wrong passwords as are allowed, and one more, each from where `forwardedFor` says. */
async function failToSignIn(origin: string, email: string, forwardedFor: (attempt: number) => string) {
  await fixtures.addUser(accountId, email, PASSWORD);
  const statuses: number[] = [];
  for (let attempt = 0; attempt <= MOST_WRONG_PASSWORDS; attempt++) {
    statuses.push(await signIn(origin, email, 'wrong', forwardedFor(attempt)));
  }
  return statuses;
}

async function signIn(origin: string, email: string, password: string, forwardedFor: string): Promise<number> {
  const client = openConsoleClient(origin);
  const form = new URLSearchParams({ email, password, csrfToken: await client.csrfToken() });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': forwardedFor };
  const address = '/api/auth/callback/credentials';
  const { status } = await client.ask(address, { method: 'POST', headers, body: String(form) });
  await client.close();
  return status;
}

const claim = (attempt: number) => `198.51.100.${attempt}`;

const LOCKED = [...Array(MOST_WRONG_PASSWORDS).fill(401), 429];

test('wrong passwords lock the address that the trusted proxy saw, whatever the client claims, and no other', async () => {
  const email = 'behind@example.com';
  const statuses = await failToSignIn(behindProxy.origin, email, (attempt) => `1.2.3.${attempt}, 203.0.113.7`);
  expect(statuses).toEqual(LOCKED);
  expect(await signIn(behindProxy.origin, email, PASSWORD, '203.0.113.7')).toBe(429);
  expect(await signIn(behindProxy.origin, email, PASSWORD, '203.0.113.8')).toBe(200);
});

test('a proxy that faces its clients is not talked into another address for each guess', async () => {
  expect(await failToSignIn(facingClients.origin, 'facing@example.com', claim)).toEqual(LOCKED);
});

test('nor is a console that does', async () => {
  expect(await failToSignIn(consoleAlone.origin, 'alone@example.com', claim)).toEqual(LOCKED);
});
