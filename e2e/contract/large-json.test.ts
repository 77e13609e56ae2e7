import { expect, onTestFinished, test } from 'vitest';
import { openGatewayWorld } from '#testing/gateway-world.ts';
import { RawConnection } from '#testing/raw-http.ts';

const MEBIBYTE = 1024 * 1024;

/** Bodies that are read whole, proxy only: Next's server has memory and threads of its own. */
/** What is kept, and who is delayed, is a matter of one process. */
async function openWorld(largestBytes: number) {
  const world = await openGatewayWorld('proxy', { PROXY_WORKERS: '1', MAX_JSON_BODY_BYTES: String(largestBytes) });
  onTestFinished(() => world.close());
  return world;
}

test('a JSON body of 30 MiB arrives whole, and others are served while it is read', async () => {
  const world = await openWorld(31 * MEBIBYTE);
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
  const world = await openWorld(2 * MEBIBYTE);
  const clients: RawConnection[] = [];
  const begin = async () => {
    const client = await RawConnection.open(world.server.port);
    clients.push(client);
    client.write(world.rawHead(['Content-Type: application/json', `Content-Length: ${2 * MEBIBYTE}`]));
    client.write(`{"text":"${'x'.repeat(2 * MEBIBYTE - 100)}`);
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
