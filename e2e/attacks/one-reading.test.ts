import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { awaitReceipt } from '#lib/revocation/await-receipt.ts';
import { type GatewayWorld, openGatewayWorld } from '#testing/gateway-world.ts';
import { type RunningProcess, startConsole, startProxy } from '#testing/processes.ts';
import { sendRaw } from '#testing/raw-http.ts';

/** Issue: a console behind the proxy served gateways by the addresses that only its own server resolves to them. */
let world: GatewayWorld;
let console: RunningProcess;
let proxy: RunningProcess;
beforeAll(async () => {
  world = await openGatewayWorld('proxy', { PROXY_WORKERS: '1' });
  const { databaseUrl } = world;
  console = await startConsole({ databaseUrl });
  proxy = await startProxy({ databaseUrl, env: { CONSOLE_UPSTREAM: console.origin, PROXY_WORKERS: '1' } });
});
afterAll(async () => {
  await proxy.stop();
  await console.stop();
  await world.close();
});
beforeEach(() => world.upstream.reset());

/** The two proxies, one worker each. */
const MEMBERS = 2;

const post = (port: number, target: string, lines: string[] = []) =>
  sendRaw(
    port,
    world.rawHead(['Content-Length: 0', 'Connection: close', ...lines], { target, hosts: [`127.0.0.1:${port}`] }),
  );

/** How many hear of a change, which are all that could serve. */
async function countMembers(): Promise<number> {
  const { fixtures, account, gateway } = world;
  const { id } = await fixtures.addToken({ accountId: account.id, gatewayId: gateway.id });
  await fixtures.db.authenticationToken.delete({ where: { id } });
  const receipt = await awaitReceipt(fixtures.db);
  expect(receipt).toMatchObject({ complete: true, unconfirmed: 0 });
  return receipt.confirmed + receipt.expired;
}

const WAYS: [string, (rest: string) => string][] = [
  ['a dot', (rest) => `/./gateway/${rest}`],
  ['an encoded dot', (rest) => `/%2e/gateway/${rest}`],
  ['an encoded dot in capitals', (rest) => `/%2E/gateway/${rest}`],
  ['two dots', (rest) => `/a/../gateway/${rest}`],
  ['two dots at once', (rest) => `/../gateway/${rest}`],
  ['two encoded dots', (rest) => `/a/%2e%2e/gateway/${rest}`],
  ['two dots, one encoded', (rest) => `/a/.%2e/gateway/${rest}`],
  ['a page and two dots', (rest) => `/sign-in/../gateway/${rest}`],
  ['a file and two dots', (rest) => `/_next/static/../../gateway/${rest}`],
  ['the API and two dots', (rest) => `/api/auth/../../gateway/${rest}`],
  ['dots with a parameter', (rest) => `/a/..;/gateway/${rest}`],
  ['two slashes', (rest) => `//gateway/${rest}`],
  ['three slashes', (rest) => `///gateway/${rest}`],
  ['two slashes behind it', (rest) => `/gateway//${rest}`],
  ['a dot behind it', (rest) => `/gateway/./${rest}`],
  ['two dots behind it', (rest) => `/gateway/a/../${rest}`],
  ['a backslash', (rest) => `/\\gateway/${rest}`],
  ['a backslash behind it', (rest) => `/gateway\\${rest}`],
  ['a backslash and dots', (rest) => `/a\\..\\gateway/${rest}`],
  ['an encoded backslash', (rest) => `/gateway%5c${rest}`],
  ['an encoded slash', (rest) => `/gateway%2f${rest}`],
  ['an encoded slash before it', (rest) => `/%2fgateway/${rest}`],
  ['an encoded letter', (rest) => `/%67ateway/${rest}`],
  ['all letters encoded', (rest) => `/%67%61%74%65%77%61%79/${rest}`],
  ['an encoded letter of its name', (rest) => `/gateway/${rest.replace('user', '%75ser')}`],
  ['an encoded hyphen of its name', (rest) => `/gateway/${rest.replace('-', '%2d')}`],
  ['a null byte', (rest) => `/gateway%00/${rest}`],
  ['a line end', (rest) => `/gateway%0d%0a/${rest}`],
  ['what encodes nothing', (rest) => `/%zz/../gateway/${rest}`],
  ['a whole address', (rest) => `http://127.0.0.1:${proxy.port}/./gateway/${rest}`],
  ['a whole address and two slashes', (rest) => `http://127.0.0.1:${proxy.port}//gateway/${rest}`],
];

test.each(WAYS)('a gateway’s address with %s is refused before anything else', async (_what, write) => {
  const target = write(`${world.gateway.slug}/deepseek/deepseek-chat/x`);
  // Two lines of these were no fault where Next read them.
  for (const lines of [[], [`Authorization: Bearer ${world.token}`], ['Expect: 100-continue']]) {
    const answer = await post(proxy.port, target, lines);
    expect(answer).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'invalid_request' } });
  }
  const hosts = [`127.0.0.1:${proxy.port}`];
  const withoutToken = world.rawHead(['Content-Length: 0', 'Connection: close'], { target, hosts, token: false });
  expect((await sendRaw(proxy.port, withoutToken)).status).toBe(400);
  expect(world.upstream.requests).toHaveLength(0);
});

test('in normal form it is served by the proxy, which alone is a member of the data plane', async () => {
  const target = `/gateway/${world.gateway.slug}/deepseek/deepseek-chat/x`;
  expect((await post(proxy.port, target)).status).toBe(200);
  expect(await countMembers()).toBe(MEMBERS);
});

test('a console behind a proxy serves no gateway and joins nothing, whoever asks it', async () => {
  const { slug } = world.gateway;
  const path = '/deepseek/deepseek-chat/x';
  const hosts = [`${slug}.ai-gateway.localhost:${console.port}`];
  const messages = [
    world.rawHead(['Content-Length: 0', 'Connection: close'], { target: `/gateway/${slug}${path}` }),
    world.rawHead(['Connection: close'], { target: `/gateway/${slug}${path}`, method: 'GET', token: false }),
    world.rawHead(['Connection: close'], { target: `/./gateway/${slug}${path}`, method: 'GET' }),
    world.rawHead(['Content-Length: 0', 'Connection: close'], { target: path, hosts }),
    world.rawHead(['Connection: close'], { target: '/', method: 'GET', hosts }),
  ];
  for (const message of messages) {
    const answer = await sendRaw(console.port, message);
    expect(answer).toMatchObject({ status: 404, headers: { 'x-latchkey-error': 'not_found' } });
  }
  expect(world.upstream.requests).toHaveLength(0);
  expect(await countMembers()).toBe(MEMBERS);
});

test.each(['/sign-in', '/icon.svg', '/api/auth/csrf', '/gateways?q=/../gateway//x'])(
  'the console’s own %s is there as ever',
  async (target) => {
    const head = world.rawHead(['Connection: close'], { target, method: 'GET', token: false });
    expect([200, 307]).toContain((await sendRaw(proxy.port, head)).status);
  },
);
