import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deriveKey } from '#lib/crypto.ts';
import type { ConsoleRequest } from '#testing/console-client.ts';
import { readState } from '#testing/database-state.ts';
import { GATEWAY_CHANGES, TOKEN_CHANGES } from '#testing/every-change.ts';
import { TEST_SECRET } from '#testing/fixtures.ts';
import { openTokenActionStage, PASSWORD, type TokenActionStage } from '#testing/token-action-stage.ts';

/** What a page of another site can send with the cookies of an admin who visits it, and a little more. */
type Headers = Record<string, string | null>;

const CONFIGURED = 'http://console.test:3000';

/** Each action with an input that it would take. */
const CHANGES: [string, (stage: TokenActionStage) => unknown][] = [
  ...[...TOKEN_CHANGES, ...GATEWAY_CHANGES].map(([name, inputFor]): [string, (stage: TokenActionStage) => unknown] => [
    name,
    ({ mine }) => inputFor(mine),
  ]),
  ['changePasswordAction', () => ({ current: PASSWORD, next: 'another good password' })],
  ['checkProviderAction', ({ mine }) => ({ gatewayId: mine.gatewayId, kind: 'deepseek', key: 'sk-typed' })],
  ['endOtherSessionsAction', () => ({})],
  ['signOutAction', () => ({})],
];

const part = (name: string, value: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

/** @param own the console's origin. */
function foreignOrigins(own: string): [string, Headers][] {
  const { host, hostname, port } = new URL(own);
  const origins: [string, string | null][] = [
    ['none', null],
    ['null', 'null'],
    ['of another site', 'https://evil.example'],
    ['of a sub-domain', `http://app.${host}`],
    ['that only begins like it', `${own}.evil.example`],
    ['that only begins like its host', `http://${hostname}.evil.example:${port}`],
    ['that only ends like it', `http://evil${host}`],
    ['with a hyphen before it', `http://evil-${host}`],
    ['of another port', `http://${hostname}:1`],
    ['of the usual port', `http://${hostname}`],
    ['with its port cut', own.slice(0, -1)],
    ['with a digit more', `${own}0`],
    ['of its host by another name', `http://${hostname === '127.0.0.1' ? 'localhost' : '127.0.0.1'}:${port}`],
    ['of the same machine in IPv6', `http://[::1]:${port}`],
    ['with it as a user', `http://${host}@evil.example`],
    ['with it as a fragment', `http://evil.example#${host}`],
    ['with it as a path', `http://evil.example/${host}`],
    ['with it as a query', `http://evil.example?${own}`],
    ['that names two', `https://evil.example ${own}`],
    ['that lists two', `${own}, https://evil.example`],
    ['of a file', 'file://'],
    ['of an extension', 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'],
    ['of a sandboxed document', 'data:text/html,x'],
    ['of a blob', `blob:${own}`],
    ['that is no address', host],
    ['of a star', '*'],
  ];
  const told = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-original-host': 'evil.example' };
  return [
    ...origins.map(([what, origin]): [string, Headers] => [`an Origin ${what}`, { origin }]),
    ['an Origin that forwarded headers confirm', { ...told, origin: 'https://evil.example' }],
    [
      'an Origin that Forwarded confirms',
      { forwarded: 'host=evil.example;proto=https', origin: 'https://evil.example' },
    ],
    ['no Origin and a good Referer', { origin: null, referer: `${own}/gateways` }],
    ['no Origin and Sec-Fetch-Site: same-origin', { origin: null, 'sec-fetch-site': 'same-origin' }],
    ['a foreign Origin and a good Referer', { origin: 'https://evil.example', referer: `${own}/gateways` }],
  ];
}

/** What only a console that is told its origin can know. */
const KNOWN_BY_CONFIGURATION: [string, Headers][] = [
  ['an Origin of another scheme', { origin: CONFIGURED.replace('http:', 'https:') }],
  ['an Origin of a scheme like it', { origin: CONFIGURED.replace('http:', 'ftp:') }],
  ['an Origin with a slash', { origin: `${CONFIGURED}/` }],
  ['an Origin in upper case', { origin: CONFIGURED.toUpperCase() }],
  ['an Origin with a user', { origin: CONFIGURED.replace('//', '//user@') }],
  ['an Origin with a final dot', { origin: CONFIGURED.replace('.test', '.test.') }],
  ['a Host that leads here (DNS rebinding)', { host: 'evil.example', origin: 'http://evil.example' }],
];

describe.each([
  ['by itself', {}, null],
  ['with CONSOLE_ORIGIN', { CONSOLE_ORIGIN: CONFIGURED }, CONFIGURED],
] as const)('a console %s', (_how, env, configured) => {
  let stage: TokenActionStage;
  let before: Awaited<ReturnType<typeof readState>>;
  beforeAll(async () => {
    stage = await openTokenActionStage({ env });
    const secret = deriveKey(TEST_SECRET, 'session').toString('base64');
    const token = { sub: stage.mine.userId, sessionVersion: 1 };
    stage.client.cookies.set('latchkey.session', await encode({ token, secret, maxAge: 600 }));
    before = await readState(stage.db);
  });
  afterAll(() => stage.close());

  async function expectRefused(headers: Headers): Promise<void> {
    for (const [name, inputFor] of CHANGES) {
      const { status, text } = await stage.call(stage.client, name, inputFor(stage), headers);
      expect([name, status, text]).toEqual([name, 403, expect.stringContaining('Forbidden')]);
    }
    const form = { email: stage.mine.email, password: PASSWORD, csrfToken: await stage.client.csrfToken() };
    const request: ConsoleRequest = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: String(new URLSearchParams(form)),
    };
    const { status } = await stage.client.ask('/api/auth/callback/credentials', request);
    expect(status).toBe(403);
    expect(await readState(stage.db)).toEqual(before);
  }

  const forms = [...foreignOrigins(CONFIGURED), ...(configured ? KNOWN_BY_CONFIGURATION : [])];

  test.each(forms.map(([what], index): [string, number] => [what, index]))(
    'does nothing of what is asked for with %s',
    async (_what, index) => {
      const own = configured ?? stage.console.origin;
      const all = [...foreignOrigins(own), ...(configured ? KNOWN_BY_CONFIGURATION : [])];
      await expectRefused(all[index]?.[1] ?? {});
    },
  );

  /** Actions as a form of HTML calls them, which needs no script and no header. */
  test.each([
    ['application/x-www-form-urlencoded', (id: string, input: string) => `%24ACTION_ID_${id}=&0=${input}`],
    ['text/plain', (id: string, input: string) => `$ACTION_ID_${id}=\r\n0=${input}\r\n`],
    [
      'multipart/form-data; boundary=x',
      (id: string, input: string) => `${part(`$ACTION_ID_${id}`, '')}${part('0', input)}--x--\r\n`,
    ],
  ])('does nothing of what a form of another site sends as %s', async (type, write) => {
    for (const origin of ['https://evil.example', 'null', null]) {
      for (const [name, inputFor] of CHANGES) {
        const action = stage.actions.find((candidate) => candidate.name === name);
        const body = write(action?.id ?? '', JSON.stringify([inputFor(stage)]));
        const headers = { 'content-type': type, origin };
        const { status } = await stage.client.ask(action?.page ?? '', { method: 'POST', headers, body });
        expect([name, status]).toEqual([name, 403]);
      }
    }
    expect(await readState(stage.db)).toEqual(before);
  });

  test.each<[string, ConsoleRequest['method'], Headers]>([
    ['GET', 'GET', {}],
    ['GET that says it is POST', 'GET', { 'x-http-method-override': 'POST', 'x-http-method': 'POST' }],
    ['GET with the method of a framework', 'GET', { 'x-method-override': 'POST', _method: 'POST' }],
    ['HEAD', 'HEAD', { 'x-http-method-override': 'POST' }],
    ['PUT', 'PUT', {}],
    ['PATCH', 'PATCH', {}],
    ['DELETE', 'DELETE', {}],
    ['OPTIONS', 'OPTIONS', {}],
    ['POST that says it is GET', 'POST', { 'x-http-method-override': 'GET' }],
  ])('does nothing of what is asked for by %s', async (_what, method, headers) => {
    for (const [name, inputFor] of CHANGES) {
      const action = stage.actions.find((candidate) => candidate.name === name);
      const own = { 'next-action': action?.id ?? '', origin: 'https://evil.example', ...headers };
      const sent: Headers = { ...own, 'content-type': 'text/plain;charset=UTF-8', accept: 'text/x-component' };
      const isRead = method === 'GET' || method === 'HEAD';
      const body = JSON.stringify([inputFor(stage)]);
      const page = `${action?.page}?_method=POST`;
      const { status } = await stage.client.ask(page, { method, headers: sent, ...(method !== 'HEAD' && { body }) });
      expect([name, isRead ? status < 500 : status === 403, status]).toEqual([name, true, status]);
    }
    expect(await readState(stage.db)).toEqual(before);
  });

  test('does what it is asked for by its own page', async () => {
    const [name, inputFor] = CHANGES.find(([candidate]) => candidate === 'setTokenStatusAction') ?? ['', () => ({})];
    const origin = configured ?? stage.console.origin;
    const { status, text } = await stage.call(stage.client, name, inputFor(stage), {
      origin,
      host: new URL(origin).host,
    });
    expect([status, text]).toEqual([200, expect.stringContaining('"ok":true')]);
  });
});
