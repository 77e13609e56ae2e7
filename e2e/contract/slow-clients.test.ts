import { connect } from 'node:net';
import { test } from 'vitest';
import { openGatewayWorld } from '#testing/gateway-world.ts';

/** Only the last is for a client that has something to take. */
const LIMITS = {
  UPSTREAM_CONNECT_TIMEOUT_MS: '300000',
  UPSTREAM_FIRST_BYTE_TIMEOUT_MS: '300000',
  UPSTREAM_IDLE_TIMEOUT_MS: '1000',
};

test('a client that takes nothing of its answer is cut in time, and with it the upstream call', async () => {
  const world = await openGatewayWorld('proxy', LIMITS);
  world.upstream.answerWith((response) => {
    const piece = Buffer.alloc(64 * 1024);
    const write = () => response.write(piece, (error) => error || write());
    write();
  });
  const arrived = world.upstream.nextRequest();
  const client = connect(world.server.port, '127.0.0.1').on('error', () => {});
  client.pause();
  client.write(world.rawHead(['Content-Length: 0']));
  await (await arrived).aborted;
  client.destroy();
  await world.close();
});
