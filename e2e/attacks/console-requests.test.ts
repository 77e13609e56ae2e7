import { unstable_doesMiddlewareMatch as passesProxy } from 'next/experimental/testing/server.js';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { providerKinds } from '#lib/providers/catalog.ts';
import { type Action, type ConsoleClient, listActions, openConsoleClient } from '#testing/console-client.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { type RunningProcess, startConsole } from '#testing/processes.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { config } from '../../proxy.ts';

const EMAIL = 'admin@example.com';
const PASSWORD = 'correct horse battery';

let databaseUrl: string;
let fixtures: Fixtures;
let console: RunningProcess;
let client: ConsoleClient;
let actions: Action[];
beforeAll(async () => {
  databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  const account = await fixtures.addAccount();
  await fixtures.addUser(account.id, EMAIL, PASSWORD);
  const gateway = await fixtures.addGateway(account.id, 'demo-gateway');
  actions = await listActions(gateway.id);
  console = await startConsole({ databaseUrl });
});
afterAll(async () => {
  await console.stop();
  await fixtures.close();
});
beforeEach(() => {
  client = openConsoleClient(console.origin);
  return () => client.close();
});

describe('signing in', () => {
  const post = (type: string, body: string, headers: Record<string, string> = {}) =>
    client.ask('/api/auth/callback/credentials', {
      method: 'POST',
      headers: { 'content-type': type, ...headers },
      body,
    });

  test.each(['{', '[]', 'null', '{"email":{"not":""}}'])('%s is no form: 400', async (body) => {
    expect(await post('application/json', body)).toMatchObject({ status: 400, text: '{"error":"malformed"}' });
  });

  test.each(['', 'wrong'])('with the CSRF token %j it is 403, and no session', async (csrfToken) => {
    await client.csrfToken();
    const form = new URLSearchParams({ email: EMAIL, password: PASSWORD, csrfToken });
    const answer = await post('application/x-www-form-urlencoded', String(form));
    expect(answer).toMatchObject({ status: 403, text: '{"error":"wrong_csrf_token"}' });
    expect(client.cookies.has('latchkey.session')).toBe(false);
  });

  test.each(['not a url', 'javascript:1', '%00', 'https://evil.example/'])(
    'an address to return to of %j changes nothing',
    async (address) => {
      client.cookies.set('latchkey.return', encodeURIComponent(address));
      const query = new URLSearchParams({ callbackUrl: address });
      const csrf = await client.ask(`/api/auth/csrf?${query}`);
      expect(csrf.status).toBe(200);
      const { csrfToken } = JSON.parse(csrf.text);
      client.cookies.set('latchkey.return', encodeURIComponent(address));
      const form = new URLSearchParams({ email: EMAIL, password: PASSWORD, csrfToken, callbackUrl: address });
      const answer = await client.ask(`/api/auth/callback/credentials?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: String(form),
      });
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain('evil');
      expect(client.cookies.has('latchkey.session')).toBe(true);
    },
  );
});

test('a call of an action that no page sends is 400, with a session and without', async () => {
  expect(actions.length).toBeGreaterThan(5);
  for (const signedIn of [false, true]) {
    if (signedIn) await client.signIn(EMAIL, PASSWORD);
    for (const action of actions) {
      for (const body of [
        '',
        '[',
        '{}',
        'null',
        '["$F1"]',
        '["$@1"]',
        '["$1"]',
        '[{"__proto__":{}}]',
        '['.repeat(9_999),
      ]) {
        const answer = await client.callAction(action, body);
        expect([action.name, body, answer.status]).toEqual([action.name, body, 400]);
      }
    }
  }
});

/** Inputs of the right shape with too much in them. */
function oversized(): string[] {
  const long = 'W'.repeat(90_000);
  const fields = { kind: 'openai-compatible', key: long, endpoint: `https://${long}`, headerName: long };
  const provider = { kind: 'openai-compatible', key: 'k', endpoint: 'https://8.8.8.8', models: ['m'] };
  const gateway = { name: 'too-much', authenticated: true };
  const models = Array.from({ length: 501 }, (_, index) => `m${index}`);
  return [
    { ...fields, gatewayId: long, ids: [long], name: long, providers: [{ ...fields, models: [long] }] },
    { ...gateway, providers: Array.from({ length: 60 }, () => provider) },
    { ...gateway, providers: [{ ...provider, models }] },
  ].map((input) => JSON.stringify([input]));
}

test('a call of an action with values that it does not take is answered, and never with 500', async () => {
  await client.signIn(EMAIL, PASSWORD);
  // Signing out would end the session that the others need; ending the others takes no values.
  const values = [
    ...oversized(),
    '[]',
    '[null]',
    '[1]',
    '["x"]',
    '[[]]',
    '[{}]',
    '["$undefined"]',
    '[{"gatewayId":"$$","ids":[null]}]',
  ];
  for (const action of actions.filter(({ name }) => !['signOutAction', 'endOtherSessionsAction'].includes(name))) {
    for (const body of values) {
      const { status, text } = await client.callAction(action, body);
      expect([action.name, body, status]).toEqual([action.name, body, 200]);
      expect(text).toContain('"ok":false');
    }
  }
  expect(await fixtures.db.gateway.count()).toBe(1);
});

describe('what browsers are told', () => {
  test('of every page', async () => {
    for (const page of ['/sign-in', '/nowhere', '/gateways']) {
      const { headers } = await client.ask(page);
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      // Over plain http it would be ignored, and there is no other.
      expect(headers['strict-transport-security']).toBeUndefined();
    }
  });

  test('of every page and file: no content is guessed, and no other site takes it in', async () => {
    const { text } = await client.ask('/sign-in');
    const [script = ''] = /\/_next\/static\/[^"]+\.js/.exec(text) ?? [];
    const [style = ''] = /\/_next\/static\/[^"]+\.css/.exec(text) ?? [];
    for (const path of ['/sign-in', '/nowhere', '/icon.svg', '/api/auth/csrf', script, style]) {
      const { headers, status } = await client.ask(path);
      expect([path, status]).toEqual([path, path === '/nowhere' ? 404 : 200]);
      expect([path, headers['x-content-type-options']]).toEqual([path, 'nosniff']);
      expect([path, headers['cross-origin-resource-policy']]).toEqual([path, 'same-origin']);
    }
  });

  test('nobody has pictures made', async () => {
    expect((await client.ask('/_next/image?url=%2Ficon.svg&w=64&q=75')).status).toBe(404);
  });
});

test('a console whose origin is https says so to browsers', async () => {
  const secure = await startConsole({
    databaseUrl,
    env: { CONSOLE_ORIGIN: 'https://console.example' },
  });
  const visitor = openConsoleClient(secure.origin);
  const { headers } = await visitor.ask('/sign-in');
  expect(headers['strict-transport-security']).toBe('max-age=31536000');
  visitor.close();
  await secure.stop();
});

describe('a console whose host looks like a gateway’s', () => {
  const host = 'user-1-a.example.com';

  test('has its policy on every page', async () => {
    for (const page of ['/sign-in', '/nowhere']) {
      const { headers } = await client.ask(page, { headers: { host } });
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    }
  });

  test('refuses a mutation from elsewhere, and does one of its own', async () => {
    const signOut = actions.find(({ name }) => name === 'signOutAction');
    if (!signOut) throw new Error('there is no action that signs out');
    for (const [origin, status] of [
      [null, 403],
      ['https://evil.example', 403],
      [`http://${host}`, 200],
    ] as const) {
      const answer = await client.callAction(signOut, '[]', { host, origin });
      expect([origin, answer.status]).toEqual([origin, status]);
    }
  });
});

test.each([...providerKinds(), 'v1'])('traffic of /%s at a gateway’s host is not buffered by the console', (kind) => {
  const headers = { host: 'user-1-demo-gateway.ai-gateway.localhost:3000' };
  const url = `http://${headers.host}/${kind}/model/chat`;
  expect(passesProxy({ config, headers, url })).toBe(false);
  expect(passesProxy({ config, headers: { host: 'console.test' }, url })).toBe(true);
});
