import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld } from '#testing/gateway-world.ts';
import { RawConnection } from '#testing/raw-http.ts';

const ATTEMPTS = 40;

/** Proxy only: Next's server closes when it is asked for a tunnel. One worker is one process. */
let world: GatewayWorld;
beforeAll(async () => {
  world = await openGatewayWorld('proxy', { PROXY_WORKERS: '1' });
});
afterAll(() => world.close());

const askForTunnel = (lines: string[] = []) =>
  world.rawHead(lines, { method: 'CONNECT', target: 'example.com:443', token: false });

test.each([
  ['CONNECT', () => askForTunnel()],
  ['CONNECT, with more behind it', () => askForTunnel() + 'x'.repeat(100_000)],
  ['CONNECT, with a body that is not whole', () => `${askForTunnel(['Content-Length: 9'])}x`],
  ['an upgrade', () => world.rawHead(['Connection: upgrade', 'Upgrade: websocket'], { token: false })],
  ['what is no HTTP', () => '\x16\x03\x01\r\n\r\n'],
])('resets in the place of reading the answer to %s harm nobody else', async (_what, message) => {
  const opened = new Promise<ServerResponse>((resolve) => {
    world.upstream.answerWith((response) => {
      response.writeHead(200).write('begun');
      resolve(response);
    });
  });
  const honest = await RawConnection.open(world.server.port);
  honest.write(world.rawHead(['Content-Length: 0']));
  await honest.readUntil(/begun\r\n/);
  for (let i = 0; i < ATTEMPTS; i++) {
    const client = await RawConnection.open(world.server.port);
    client.write(message());
    if (i % 2 === 0) await new Promise(setImmediate);
    client.socket.resetAndDestroy();
  }
  // Answered behind all of them.
  const last = await RawConnection.open(world.server.port);
  last.write(askForTunnel());
  expect((await last.readResponse()).status).toBe(405);
  await last.waitForClose();
  (await opened).end('ended');
  expect(await honest.readUntil(/0\r\n\r\n/)).toContain('ended');
  honest.socket.destroy();
  expect(world.server.log()).toBe('');
});
