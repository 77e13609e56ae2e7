import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld } from '#e2e/support/gateway-world.ts';
import { RawConnection } from '#e2e/support/raw-http.ts';

const MEBIBYTE = 1024 * 1024;

/** Bodies that are read whole, proxy only: Next's server has memory and threads of its own. */
let world: GatewayWorld;
beforeAll(async () => {
  // What is kept, and who is delayed, is a matter of one process.
  world = await openGatewayWorld('proxy', { MAX_JSON_BODY_BYTES: String(31 * MEBIBYTE), PROXY_WORKERS: '1' });
});
afterAll(() => world.close());
beforeEach(() => world.upstream.reset());

test('a JSON body of 30 MiB arrives whole, and others are served while it is read', async () => {
  const numbers = '1,'.repeat(15 * MEBIBYTE);
  const body = `{"model":"deepseek-chat","input":[${numbers}1]}`;
  const head = world.rawHead(['Content-Type: application/json', `Content-Length: ${body.length}`]);
  await world.call();
  const client = await RawConnection.open(world.server.port);
  const arrived = world.upstream.nextRequest();
  let isThere = false;
  arrived.then(() => {
    isThere = true;
  });
  client.write(head + body);
  let longestMs = 0;
  while (!isThere) {
    const startedAt = performance.now();
    await fetch(`${world.server.origin}/healthz`);
    longestMs = Math.max(longestMs, performance.now() - startedAt);
  }
  expect((await client.readResponse()).status).toBe(200);
  expect((await (await arrived).body).equals(Buffer.from(body))).toBe(true);
  // Read in one go it takes a second and more, in which nobody is answered.
  expect(longestMs).toBeLessThan(400);
  client.socket.destroy();
});

test('clients that leave large bodies unfinished keep no more than the limit, and others are told to come back', async () => {
  const clients: RawConnection[] = [];
  const begin = async () => {
    const client = await RawConnection.open(world.server.port);
    clients.push(client);
    client.write(world.rawHead(['Content-Type: application/json', `Content-Length: ${31 * MEBIBYTE}`]));
    client.write(`{"text":"${'x'.repeat(30 * MEBIBYTE)}`);
    return client;
  };
  const first = await begin();
  for (let i = 0; i < 8; i++) await begin();
  const refused = await Promise.race(clients.map((client) => client.readResponse()));
  expect(refused).toMatchObject({ status: 503, headers: { 'x-latchkey-error': 'overloaded', 'retry-after': '1' } });
  // Whoever goes makes room.
  for (const client of clients) client.socket.destroy();
  await first.waitForClose();
  const body = `{"model":"deepseek-chat","text":"${'x'.repeat(MEBIBYTE)}"}`;
  await expect
    .poll(
      async () => (await world.call({ body, headers: [...world.bearer, 'content-type', 'application/json'] })).status,
    )
    .toBe(200);
  expect(world.upstream.requests).toHaveLength(1);
});
