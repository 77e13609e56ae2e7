import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findFreePort } from '#lib/database/embedded.ts';
import { type GatewayWorld, openGatewayWorld } from '#testing/gateway-world.ts';
import { startProxy } from '#testing/processes.ts';
import { RawConnection, sendRaw } from '#testing/raw-http.ts';
import { type RecordingUpstream, startRecordingUpstream } from '#testing/recording-upstream.ts';

/** What is not for a gateway goes to the console. Here a recording upstream stands for it. */
let world: GatewayWorld;
let console: RecordingUpstream;
beforeAll(async () => {
  console = await startRecordingUpstream();
  world = await openGatewayWorld('proxy', { CONSOLE_UPSTREAM: console.origin });
});
afterAll(async () => {
  await world.close();
  await console.close();
});
beforeEach(() => {
  console.reset();
  world.upstream.reset();
});

test('the console gets the request as it came, under its own Host, with who asks as the proxy knows it', async () => {
  const lines = ['Cookie: a=b', 'Authorization: Basic x', 'X-Odd: 1', 'X-Odd: 2', 'Content-Length: 2', ''];
  const spoofed = [
    'X-Forwarded-For: 9.9.9.9',
    'X-Forwarded-Host: evil.test',
    'X-Forwarded-Proto: gopher',
    'Forwarded: for=9',
  ];
  const message = ['POST /gateways?a=%zz&b;c HTTP/1.1', 'Host: console.test:81', ...spoofed, ...lines, '{}'].join(
    '\r\n',
  );
  expect((await sendRaw(world.server.port, message)).status).toBe(200);
  const [received] = console.requests;
  expect(received).toMatchObject({ method: 'POST', url: '/gateways?a=%zz&b;c' });
  expect((await received?.body)?.toString()).toBe('{}');
  expect(received?.rawHeaders.join('|')).toContain('Cookie|a=b|Authorization|Basic x|X-Odd|1|X-Odd|2');
  const said = ['host', 'x-forwarded-host', 'x-forwarded-for', 'x-forwarded-proto', 'forwarded'];
  expect(said.map((name) => received?.header(name))).toEqual([
    ['console.test:81'],
    ['console.test:81'],
    ['127.0.0.1'],
    ['http'],
    [],
  ]);
});

test('what the console answers comes back as it is, streamed', async () => {
  console.answerWith((response) => {
    response.writeHead(303, { location: '/sign-in', 'set-cookie': ['a=1', 'b=2'] }).write('begun');
  });
  const client = await RawConnection.open(world.server.port);
  client.write('GET / HTTP/1.1\r\nHost: console.test\r\n\r\n');
  const head = await client.readUntil(/begun\r\n/);
  expect(head).toMatch(/^HTTP\/1\.1 303 /);
  expect(head).toContain('set-cookie: a=1\r\nset-cookie: b=2\r\n');
  client.socket.destroy();
  await console.requests[0]?.aborted;
});

test('gateways’ traffic never goes there, by path or by host', async () => {
  await world.call();
  await world.call({ byHost: true, path: '/sign-in', method: 'GET' });
  expect(console.requests).toHaveLength(0);
});

test('the proxy answers for its own health', async () => {
  const answer = await sendRaw(world.server.port, 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(answer).toMatchObject({ status: 200, body: '{"alive":true}' });
  expect(console.requests).toHaveLength(0);
});

test.each([
  ['where no console is known', async () => ({}), 404, 'not_found'],
  ['where the console is down', consoleThatIsDown, 503, 'console_unavailable'],
])('%s the answer says so, and gateways go on', async (_name, makeEnv, status, code) => {
  const proxy = await startProxy({ databaseUrl: world.databaseUrl, env: await makeEnv() });
  const answer = await sendRaw(proxy.port, 'GET /gateways HTTP/1.1\r\nHost: console.test\r\n\r\n');
  expect(answer).toMatchObject({ status, headers: { 'x-latchkey-error': code } });
  const call = await fetch(`${proxy.origin}/gateway/${world.gateway.slug}/deepseek/deepseek-chat/chat`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.token}` },
  });
  expect(call.status).toBe(200);
  await proxy.stop();
});

async function consoleThatIsDown(): Promise<Record<string, string>> {
  return { CONSOLE_UPSTREAM: `http://127.0.0.1:${await findFreePort()}` };
}
