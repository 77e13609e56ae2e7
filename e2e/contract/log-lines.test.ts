import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsIn } from '#testing/call-log.ts';
import { listActions } from '#testing/console-client.ts';
import { type GatewayWorld, openGatewayWorld } from '#testing/gateway-world.ts';
import { listen } from '#testing/listen.ts';
import { parseLog } from '#testing/log-lines.ts';
import { type RunningProcess, startConsole, startProxy } from '#testing/processes.ts';
import { sendRaw } from '#testing/raw-http.ts';
import { type RawUpstream, startRawUpstream } from '#testing/raw-upstream.ts';
import { HOSTILE_NAME } from '#testing/self-signed.ts';

/** What strangers and providers say is quoted in the log, and can write no line of it nor an escape sequence. */
let world: GatewayWorld;
let console: RunningProcess;
let proxy: RunningProcess;
let actionId: string;
let directory: string;
let provider: RawUpstream;
let badlyNamed: { port: number; close(): Promise<void> };
beforeAll(async () => {
  world = await openGatewayWorld('proxy', { PROXY_WORKERS: '1' });
  const { databaseUrl, gateway, fixtures } = world;
  const [action] = await listActions(gateway.id);
  if (!action) throw new Error('there are no actions');
  actionId = action.id;
  directory = await mkdtemp(path.join(tmpdir(), 'latchkey-names-'));
  const authority = path.join(directory, 'authority.pem');
  await writeFile(authority, HOSTILE_NAME.cert);
  badlyNamed = await listen(createTlsServer(HOSTILE_NAME));
  provider = await startRawUpstream();
  for (const [kind, baseUrl] of [
    ['openai', provider.origin],
    ['anthropic', `https://localhost:${badlyNamed.port}`],
  ] as const) {
    await fixtures.addProvider({ gatewayId: gateway.id, kind, baseUrl, key: 'k', models: ['m'] });
  }
  console = await startConsole({ databaseUrl, env: { LOG_LEVEL: 'trace', CONSOLE_SERVES_GATEWAYS: 'on' } });
  proxy = await startProxy({
    databaseUrl,
    env: {
      LOG_LEVEL: 'trace',
      PROXY_WORKERS: '1',
      CONSOLE_UPSTREAM: console.origin,
      UPSTREAM_ALLOWLIST: '127.0.0.1,localhost',
      // Trusted, so that its name is looked at.
      NODE_EXTRA_CA_CERTS: authority,
    },
  });
});
afterAll(async () => {
  await proxy.stop();
  await console.stop();
  await provider.close();
  await badlyNamed.close();
  await rm(directory, { recursive: true });
  await world.close();
});

const FORGED = '{"level":60,"time":"2026-01-01T00:00:00.000Z","msg":"forged"}';
/** As far as a request's head can hold it. */
const RAW = `x\x9b31m${FORGED}\xe2\x80\xa8\xc2\x85`;
const ENCODED = encodeURIComponent(`x\n${FORGED}\r\n\x1b[2J\x1b]0;t\x07\x7f\x9b31m\u2028\u2029\u202e\u2066\ny`);

const post =
  (target: string, lines: string[] = [], body = '[]') =>
  (port: number) =>
    sendRaw(
      port,
      [
        `POST ${target} HTTP/1.1`,
        'Host: console.test',
        'Origin: http://console.test',
        'Connection: close',
        ...lines,
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    );

const REQUESTS: [string, () => (port: number) => Promise<unknown>][] = [
  ['a path', () => post(`/gateways/${ENCODED}`)],
  ['a path below none', () => post(`/${ENCODED}/${ENCODED}`)],
  ['a query', () => post(`/sign-in?next=${ENCODED}&${ENCODED}`)],
  ['a file', () => post(`/_next/static/${ENCODED}`)],
  ['an address of next-auth', () => post(`/api/auth/${ENCODED}`)],
  ['what encodes nothing', () => post(`/gateways/%ff${ENCODED}`)],
  [
    'an action that is not there',
    () => post('/sign-in', [`Next-Action: ${'0'.repeat(42)}`, 'Content-Type: text/plain']),
  ],
  ['another page’s action', () => post('/sign-in', [`Next-Action: ${actionId}`, 'Content-Type: text/plain'])],
  ['the id of an action', () => post('/sign-in', [`Next-Action: ${RAW}`])],
  ['a host that is said', () => post('/sign-in', [`X-Forwarded-Host: ${RAW}`, `Next-Action: ${actionId}`])],
  ['a scheme that is said', () => post('/sign-in', [`X-Forwarded-Proto: ${RAW}`, `Next-Action: ${actionId}`])],
  ['a client that is said', () => post('/sign-in', [`X-Forwarded-For: ${RAW}`, `Forwarded: for="${RAW}"`])],
  ['cookies', () => post('/sign-in', [`Cookie: latchkey.session=${RAW}; ${RAW}=${RAW}`])],
  ['a state of the router', () => post('/sign-in', ['RSC: 1', `Next-Router-State-Tree: ${ENCODED}`])],
  ['a type', () => post('/sign-in', [`Content-Type: multipart/form-data; boundary=${RAW}`])],
  ['a browser that signs in', () => post('/api/auth/callback/credentials', [`User-Agent: ${RAW}`], 'email=x')],
  ['a gateway’s name', () => post(`/gateway/${ENCODED}/openai/m/chat`)],
  ['a model', () => post(`/gateway/${world.gateway.slug}/openai/${ENCODED}/chat`, [`Authorization: ${RAW}`])],
  [
    'a trace',
    () => post(`/gateway/${world.gateway.slug}/openai/m/chat`, [`traceparent: ${RAW}`, `X-Request-Id: ${RAW}`]),
  ],
];

test.each(REQUESTS)('%s writes no line, by either process', async (_what, request) => {
  for (const { port } of [console, proxy]) await request()(port);
});

const head = (lines: string[]) => ['HTTP/1.1 200 OK', ...lines, 'Content-Length: 2', '', '{}'].join('\r\n');

test.each([
  ['a status text', `HTTP/1.1 200 ${RAW}\r\nContent-Length: 2\r\n\r\n{}`],
  ['a status text with an escape', `HTTP/1.1 500 \x1b[2J${FORGED}\r\nContent-Length: 2\r\n\r\n{}`],
  ['a status text of two lines', `HTTP/1.1 500 a\n${FORGED}\r\nContent-Length: 2\r\n\r\n{}`],
  ['a version', `HTTP/\x1b[2J${FORGED}\r\n\r\n`],
  ['no HTTP', `\n${FORGED}\n\x1b[2J\n`],
  ['a name of a header', head([`${FORGED}\x1b[2J: x`])],
  ['a value of a header', head([`X-Request-Id: ${RAW}`, `X-Odd: \x1b[2J`])],
  ['a type', head([`Content-Type: ${RAW}`])],
  ['a coding', head([`Transfer-Encoding: ${RAW}`])],
  ['an address to go to', `HTTP/1.1 302 Found\r\nLocation: ${RAW}\r\nContent-Length: 0\r\n\r\n`],
])('%s of a provider writes no line', async (_what, answer) => {
  provider.answerWith(answer);
  const path = `/gateway/${world.gateway.slug}/openai/m/chat/completions`;
  for (const { port } of [console, proxy]) await post(path, [`Authorization: Bearer ${world.token}`], '{}')(port);
});

test('a name in a provider’s certificate is quoted, and writes no line', async () => {
  const path = `/gateway/${world.gateway.slug}/anthropic/m/v1/messages`;
  const answer = await post(path, [`Authorization: Bearer ${world.token}`], '{}')(proxy.port);
  expect(answer.status).toBe(502);
  const failed = () =>
    proxy
      .log()
      .split('\n')
      .filter((line) => line.includes('ERR_TLS_CERT_ALTNAME_INVALID'));
  await expect.poll(failed).toHaveLength(1);
  expect(failed()[0]).toContain('\\u001b[31m');
});

test('all that both have written is lines of the log, and none is forged', async () => {
  for (const running of [proxy, console]) {
    await running.stop();
    const lines = parseLog(running.log());
    expect(lines.map(({ msg }) => msg)).not.toContain('forged');
    expect(callsIn(running.log()).length).toBeGreaterThan(10);
  }
  const warned = parseLog(console.log()).map(({ msg }) => msg);
  expect(warned.filter((msg) => msg.includes('Failed to find Server Action'))).not.toHaveLength(0);
});
