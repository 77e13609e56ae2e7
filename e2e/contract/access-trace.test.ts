import { request } from 'node:http';
import { decode, encode } from 'next-auth/jwt';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { hashPassword } from '#lib/auth/password.ts';
import { deriveKey } from '#lib/crypto.ts';
import { type ConsoleClient, listActions, openConsoleClient } from '#testing/console-client.ts';
import { type Fixtures, openFixtures, TEST_SECRET } from '#testing/fixtures.ts';
import { dumpDatabase } from '#testing/planted-secrets.ts';
import { type RunningProcess, startConsole } from '#testing/processes.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';

const OWNER = 'owner@example.com';
const PASSWORD = 'right-password';
const WRONG_PASSWORD = 'typed-wrong-password';
const NOBODY = 'typed-nobody@example.com';
/** With control characters that Node's parser lets through: those of Latin-1. */
const USER_AGENT = 'Planted\u009b31m Browser\u0085{"level":60}';

let fixtures: Fixtures;
let databaseUrl: string;
let running: RunningProcess;
let client: ConsoleClient;
beforeAll(async () => {
  databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  await fixtures.addUser((await fixtures.addAccount()).id, OWNER, PASSWORD);
  running = await startConsole({ databaseUrl, env: { LOG_LEVEL: 'info' } });
  client = openConsoleClient(running.origin);
});
afterAll(async () => {
  await client.close();
  await running.stop();
  await fixtures.close();
});

/** Sends the form with a user agent that no browser sends. */
async function guess(email: string, password: string): Promise<number | undefined> {
  const body = String(new URLSearchParams({ email, password, csrfToken: await client.csrfToken() }));
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = {
    origin: running.origin,
    cookie,
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': USER_AGENT,
  };
  return new Promise((resolve, reject) => {
    request(`${running.origin}/api/auth/callback/credentials`, { method: 'POST', headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    })
      .on('error', reject)
      // A text would take the head into its own encoding.
      .end(Buffer.from(body));
  });
}

const readActions = async () =>
  (await fixtures.db.auditEvent.findMany({ orderBy: { id: 'asc' } })).map(({ action }) => action);

async function callAction(name: string, ...input: object[]) {
  const action = (await listActions('')).find((candidate) => candidate.name === name);
  if (!action) throw new Error(`there is no action ${name}`);
  return client.callAction(action, JSON.stringify(input));
}

const secret = deriveKey(TEST_SECRET, 'session').toString('base64');

/** When what is in the client's cookie ends, seconds since 1970. */
async function readExpiry(): Promise<number> {
  const claims = await decode({ token: client.cookies.get('latchkey.session'), secret });
  return z.object({ exp: z.int() }).parse(claims).exp;
}

/** Lines of the log about sign-ins. */
const readLog = () =>
  running
    .log()
    .split('\n')
    .filter((line) => line.includes('"msg":"access"'))
    .map((line) => JSON.parse(line));

test('signing in, failing to, ending sessions and signing out leave a trace in audit and log', async () => {
  expect(await guess(NOBODY, WRONG_PASSWORD)).toBe(401);
  expect(await guess(OWNER, WRONG_PASSWORD)).toBe(401);
  await expect.poll(readActions).toEqual(['user.sign_in_failed']);
  expect((await client.signIn(OWNER, PASSWORD)).status).toBe(200);
  expect((await callAction('endOtherSessionsAction')).text).toContain('"ok":true');
  const { text } = await client.ask('/audit');
  for (const word of ['Planted31m Browser', '127.0.0.1']) expect(text).toContain(word);
  await callAction('signOutAction');
  expect((await client.ask('/audit')).status).toBe(307);
  const expected = ['user.sign_in_failed', 'user.signed_in', 'user.other_sessions_ended', 'user.signed_out'];
  expect(await readActions()).toEqual(expected);
  await expect.poll(() => readLog().map(({ event }) => event)).toEqual(['user.sign_in_failed', ...expected]);
  const [ofNobody, ofOwner] = readLog();
  expect(ofNobody).toMatchObject({ network: '127.0.0.1', userAgent: 'Planted31m Browser{"level":60}' });
  expect(ofNobody).not.toHaveProperty('userId');
  expect(ofOwner).toHaveProperty('userId');
});

test('neither log nor database holds a typed password, nor an address that is nobody’s', async () => {
  for (let i = 0; i < 12; i++) await guess(NOBODY, WRONG_PASSWORD);
  await guess(WRONG_PASSWORD, WRONG_PASSWORD);
  await expect.poll(() => readLog().map(({ event }) => event)).toContain('user.sign_in_refused');
  const dump = await dumpDatabase(databaseUrl);
  expect(dump).toContain(OWNER);
  for (const typed of [WRONG_PASSWORD, NOBODY, PASSWORD]) {
    expect([typed, dump.includes(typed), running.log().includes(typed)]).toEqual([typed, false, false]);
  }
});

test('a session that goes on where the others ended is in no other browser, and lives no longer', async () => {
  const { id: sub, sessionVersion } = await fixtures.db.user.findUniqueOrThrow({ where: { email: OWNER } });
  const cookie = await encode({ token: { sub, sessionVersion }, secret, maxAge: 600 });
  const other = openConsoleClient(running.origin);
  for (const browser of [client, other]) browser.cookies.set('latchkey.session', cookie);
  const { headers } = await callAction('endOtherSessionsAction');
  const line = [headers['set-cookie'] ?? []].flat().find((line) => line.startsWith('latchkey.session='));
  expect(line).toMatch(/; Path=\/;.* Max-Age=(600|5\d\d);.*HttpOnly; SameSite=lax/i);
  expect(await readExpiry()).toBeLessThanOrEqual(Date.now() / 1000 + 600);
  expect((await client.ask('/api/session')).status).toBe(204);
  expect((await other.ask('/api/session')).status).toBe(401);
  client.cookies.set('latchkey.session', cookie);
  expect((await callAction('endOtherSessionsAction')).text).toContain('sessionEnded');
  await other.close();
});

test('a changed password leaves a trace, ends other sessions, and is in neither log nor database', async () => {
  const other = openConsoleClient(running.origin);
  await Promise.all([client.signIn(OWNER, PASSWORD), other.signIn(OWNER, PASSWORD)]);
  const next = 'typed-new-password';
  const change = async (current: string) => (await callAction('changePasswordAction', { current, next })).text;
  expect(await change(WRONG_PASSWORD)).toContain('"code":"wrongCurrent"');
  expect((await other.ask('/api/session')).status).toBe(204);
  expect(await change(PASSWORD)).toContain('"ok":true');
  expect([(await client.ask('/api/session')).status, (await other.ask('/api/session')).status]).toEqual([204, 401]);
  expect((await other.signIn(OWNER, PASSWORD)).status).toBe(401);
  expect((await other.signIn(OWNER, next)).status).toBe(200);
  const expected = ['user.password_change_failed', 'user.password_changed'];
  expect((await readActions()).filter((action) => action.includes('password'))).toEqual(expected);
  await expect.poll(() => readLog().map(({ event }) => event)).toEqual(expect.arrayContaining(expected));
  const dump = await dumpDatabase(databaseUrl);
  for (const typed of [WRONG_PASSWORD, PASSWORD, next]) {
    expect([typed, dump.includes(typed), running.log().includes(typed)]).toEqual([typed, false, false]);
  }
  await fixtures.db.user.update({ where: { email: OWNER }, data: { passwordHash: await hashPassword(PASSWORD) } });
  await other.close();
});

test('what is in a session cookie is good for twelve hours, and not only the cookie', async () => {
  await fixtures.db.signInAttempts.deleteMany();
  await client.signIn(OWNER, PASSWORD);
  expect(await readExpiry()).toBeLessThanOrEqual(Date.now() / 1000 + 12 * 3_600);
});
