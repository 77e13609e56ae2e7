import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Action, listActions } from '#testing/console-client.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { type RunningProcess, startConsole } from '#testing/processes.ts';
import { RawConnection, type RawResponse } from '#testing/raw-http.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';

/** What no page of the console sends, from somebody without a session: the fault is theirs, and the answer says so. */
let fixtures: Fixtures;
let console: RunningProcess;
/** Of a page that is not the sign-in page. */
let foreign: Action;
beforeAll(async () => {
  const databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  const account = await fixtures.addAccount();
  const gateway = await fixtures.addGateway(account.id, 'demo-gateway');
  const action = (await listActions(gateway.id)).find(({ name }) => name === 'createTokensAction');
  if (!action) throw new Error('there is no action that creates tokens');
  foreign = action;
  console = await startConsole({ databaseUrl });
});
afterAll(async () => {
  await console.stop();
  await fixtures.close();
});

type Sent = { method?: string; target?: string; lines?: string[]; body?: string };

function write({ method = 'POST', target = '/sign-in', lines = [], body = '' }: Sent): string {
  const host = `127.0.0.1:${console.port}`;
  const isFramed = lines.some((line) => /^(transfer-encoding|content-length):/i.test(line));
  const length =
    isFramed || method === 'GET' || method === 'HEAD' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const origin = lines.some((line) => line.startsWith('Origin:')) ? [] : [`Origin: http://${host}`];
  return [`${method} ${target} HTTP/1.1`, `Host: ${host}`, ...origin, ...lines, ...length, '', body].join('\r\n');
}

async function send(sent: Sent): Promise<RawResponse> {
  const client = await RawConnection.open(console.port);
  client.write(write(sent));
  const answer = await client.readResponse({ head: sent.method === 'HEAD' });
  client.socket.destroy();
  return answer;
}

describe.each(['GET', 'HEAD', 'POST'])('%s', (method) => {
  test.each([
    '/%',
    '/%ff',
    '/%2',
    '/%E0%A4%A',
    '/sign-in/%',
    '/gateways/%ff',
    '/gateways/%F0%9F',
    '/gateways/x/%c0%af',
    '/api/auth/%',
    '/api/auth/%ff',
    '/api/session/%',
    '/icon.svg/%',
    '/gateway/%ff/x',
    '/_next/%',
    '/_next/static/%',
    '/_next/static/%ff',
    '/_next/static/chunks/%zz.js',
    '/_next/data/%/x.json',
    '/_next/data/build/%ff.json',
  ])('of %s, which encodes no text, is 400', async (target) => {
    expect((await send({ method, target })).status).toBe(400);
  });

  test.each([
    '/_global-error',
    '/_error',
    '/_next/data/x/sign-in.json',
    '/_next/data/x',
    '/_next/static/chunks/%00',
    '/_next/static/nowhere.js',
    '/_next/webpack-hmr',
    '/__nextjs_source-map',
    '/sign-in.rsc',
    '/500',
  ])('of %s, which is no page, is 404 or 405', async (target) => {
    expect([404, 405]).toContain((await send({ method, target })).status);
  });
});

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND', 'TRACE'])(
  '%s to what is only read is refused',
  async (method) => {
    for (const target of ['/icon.svg', '/favicon.ico', '/_next/static/chunks/x.js', '/api/session', '/api/auth/csrf']) {
      const { status } = await send({ method, target, body: 'x' });
      expect([target, status, status >= 400 && status < 500]).toEqual([target, status, true]);
    }
  },
);

test('TRACE, which would show a page its own cookies, is 405', async () => {
  expect((await send({ method: 'TRACE' })).status).toBe(405);
});

const part = (name: string, value = '') => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const END = '--b--\r\n';
const MULTIPART = 'Content-Type: multipart/form-data; boundary=b';

const FORMS: [string, () => string][] = [
  ['nothing', () => ''],
  ['no part', () => END],
  ['no boundary', () => 'zzz'],
  ['half a head', () => '--b\r\nContent-Disp'],
  ['half a part', () => part('a', 'x').slice(0, -2)],
  ['a bound action that is not there', () => part('$ACTION_REF_1') + END],
  ['a bound action of no JSON', () => part('$ACTION_REF_1') + part('$ACTION_1:0', '{') + END],
  ['a bound action of another page', () => bound({ id: foreign.id, bound: '$@1' }) + part('$ACTION_1:1', '[') + END],
  ['a bound action that is itself', () => bound({ id: '$1:__proto__', bound: '$0' }) + END],
  ['an action of another page', () => part(`$ACTION_ID_${foreign.id}`) + END],
  ['an action that is none', () => part('$ACTION_ID_x') + END],
  ['a key alone', () => part('$ACTION_KEY', 'x') + END],
  ['values of no JSON', () => part('0', '{') + END],
  ['values that refer to nothing', () => part('0', '["$1","$F2","$K3","$Q4","$@5"]') + END],
  ['a number too long', () => part('0', `["$n${'9'.repeat(1_000)}"]`) + END],
  ['very many values', () => part('0', `[${'[],'.repeat(9_000)}[]]`) + END],
];

const bound = (reference: object) => part('$ACTION_REF_1') + part('$ACTION_1:0', JSON.stringify(reference));

test.each(FORMS)('a form in parts with %s is refused, also as a call of an action', async (_what, body) => {
  for (const action of [[], [`Next-Action: ${foreign.id}`]]) {
    for (const target of ['/sign-in', foreign.page]) {
      for (const type of [
        MULTIPART,
        'Content-Type: multipart/form-data',
        'Content-Type: Multipart/Form-Data; boundary=b',
      ]) {
        expect(
          (await send({ target, lines: [type, 'Cookie: latchkey.session=x', ...action], body: body() })).status,
        ).toBe(415);
      }
    }
  }
});

const CALLED: [string, () => string[], number][] = [
  ['another page’s', () => [`Next-Action: ${foreign.id}`], 409],
  ['another page’s, by its scheme', () => [`Next-Action: ${foreign.id}`, 'X-Forwarded-Proto: https'], 409],
  ['another page’s, said to be passed on', () => [`Next-Action: ${foreign.id}`, 'X-Action-Forwarded: 1'], 409],
  ['one that is not there', () => [`Next-Action: ${'0'.repeat(42)}`], 409],
  ['one without a name', () => ['Next-Action:'], 400],
  ['one of another form', () => ['Next-Action: x'], 400],
  ['__proto__', () => ['Next-Action: __proto__'], 400],
  ['one with line ends encoded', () => ['Next-Action: %0d%0ax'], 400],
  ['one that is longer', () => [`Next-Action: ${foreign.id}00`], 400],
  ['one in capitals', () => [`Next-Action: ${foreign.id.toUpperCase()}`], 400],
  ['one of 9,000 characters', () => [`Next-Action: ${'0'.repeat(9_000)}`], 400],
];

test.each(CALLED)('a call of an action, %s, is refused', async (_what, lines, status) => {
  expect((await send({ lines: [...lines(), 'Content-Type: text/plain'], body: '[]' })).status).toBe(status);
});

test.each(['evil.test', 'a b', '\\', ''])(
  'a call that says it came to the host %j is judged by its own',
  async (host) => {
    const lines = [`Next-Action: ${foreign.id}`, `X-Forwarded-Host: ${host}`, 'Content-Type: text/plain'];
    // There is no session, as the action says by itself.
    expect((await send({ target: foreign.page, lines, body: '[{}]' })).status).toBe(200);
  },
);

const TREES = ['x', '%', '%ff', '[]', '{}', 'null', '["",null]', '["",{"__proto__":["x",{}]}]', '['.repeat(8_000)];

test.each([...TREES, ...TREES.map(encodeURIComponent)])(
  'the state of a router %.30s is no fault of ours',
  async (tree) => {
    for (const target of ['/sign-in', '/sign-in?_rsc=x', foreign.page]) {
      const { status } = await send({ method: 'GET', target, lines: ['RSC: 1', `Next-Router-State-Tree: ${tree}`] });
      expect(status).toBeLessThan(500);
    }
  },
);

test.each([
  'RSC: x',
  'Next-Router-Prefetch: 9',
  'Next-Router-Segment-Prefetch: /%',
  'Next-Router-Segment-Prefetch: ..',
  'Next-Url: %',
  'Next-Url: \\',
  'X-Nextjs-Data: 1',
  'X-Middleware-Subrequest: proxy',
  'X-Invoke-Path: /%',
  'X-Invoke-Status: 500',
  'X-Matched-Path: /%',
  'Next-Resume: 1',
  'X-Forwarded-Host: \\',
  'X-Forwarded-Proto: gopher',
  'X-Forwarded-Port: x',
  'Origin: null',
  'Origin: http://',
  'Range: bytes=x',
  'Accept-Language: %;q=x',
  'Content-Type: \\',
  'Cookie: latchkey.session=%',
  'Cookie: =;;%ff=%',
  'Cookie: __prerender_bypass=x; __next_preview_data=y',
  'Cookie: latchkey.time-zone=Nowhere/%ff; latchkey.locale=%; latchkey.theme=\\',
])('%s is no fault of ours', async (line) => {
  for (const more of [[], ['RSC: 1']]) {
    for (const method of ['GET', 'POST']) {
      for (const target of ['/sign-in', foreign.page, '/api/auth/csrf']) {
        const { status } = await send({ method, target, lines: [line, ...more] });
        expect([method, target, status < 500]).toEqual([method, target, true]);
      }
    }
  }
});

test.each([
  ['a call of an action', () => [`Next-Action: ${foreign.id}`, 'Content-Type: text/plain']],
  ['a form', () => ['Content-Type: application/x-www-form-urlencoded']],
  ['a form in parts', () => [MULTIPART]],
])('somebody who leaves in the middle of %s is no fault of ours', async (_what, lines) => {
  for (const target of ['/sign-in', foreign.page, '/api/auth/callback/credentials']) {
    const client = await RawConnection.open(console.port);
    client.write(write({ target, lines: [...lines(), 'Content-Length: 900', 'Expect: 100-continue'] }));
    await client.readUntil(/100 Continue\r\n\r\n/);
    client.write('[');
    client.socket.end();
    await client.waitForClose();
  }
  expect((await send({ method: 'GET' })).status).toBe(200);
});

describe('a body that is not for a stranger to send is answered before it has come', () => {
  test.each([
    ['longer than any form', ['Content-Length: 200000000'], 413],
    ['longer than signing in takes', ['Content-Length: 20000'], 413],
    ['of a length that is not said', ['Transfer-Encoding: chunked'], 413],
    ['longer than any form, with a cookie', ['Content-Length: 1000001', 'Cookie: latchkey.session=x'], 413],
  ])('%s', async (_what, lines, status) => {
    for (const target of ['/sign-in', '/api/auth/callback/credentials', '/gateways']) {
      expect(await send({ target, lines, body: '' })).toMatchObject({ status, headers: { connection: 'close' } });
    }
  });

  test('of those that claim a session, so many are taken at once', async () => {
    const lines = ['Content-Length: 900000', 'Cookie: latchkey.session=x'];
    const clients = await Promise.all(
      Array.from({ length: 16 }, async () => {
        const client = await RawConnection.open(console.port);
        client.write(write({ lines }));
        return client;
      }),
    );
    await expect.poll(async () => (await send({ lines })).status).toBe(503);
    for (const client of clients) client.socket.destroy();
    await expect.poll(async () => (await send({ target: '/sign-in', method: 'GET' })).status).toBe(200);
    expect((await send({ lines: ['Cookie: latchkey.session=x'], body: 'a'.repeat(20_000) })).status).not.toBe(503);
  });

  test('a form of a hundred thousand fields is none', async () => {
    const lines = ['Content-Type: application/x-www-form-urlencoded', 'Cookie: latchkey.session=x'];
    const answer = await send({ target: '/api/auth/callback/credentials', lines, body: 'a&'.repeat(100_000) });
    expect(answer.status).toBe(400);
  });
});

test('of all that the log holds no error', async () => {
  await console.stop();
  expect(console.log()).not.toMatch(/uncaughtException|unhandledRejection|⨯/);
});
