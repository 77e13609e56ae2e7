import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld } from '#testing/gateway-world.ts';
import { sendRaw } from '#testing/raw-http.ts';

const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';

let world: GatewayWorld;
beforeAll(async () => {
  world = await openGatewayWorld('proxy');
});
afterAll(() => world.close());
beforeEach(() => world.upstream.reset());

function ask(lines: string[], token = true, path = '/v1/responses') {
  return sendRaw(world.server.port, world.rawHead(lines, { method: 'GET', path, token }));
}

test.each([
  [['Connection: Upgrade', 'Upgrade: websocket', KEY, 'Sec-WebSocket-Version: 13']],
  [['Connection: keep-alive, Upgrade', 'Upgrade: WebSocket', KEY]],
  [['Connection: upgrade', 'Upgrade: h2c, websocket/13']],
  [['Connection: upgrade', 'Upgrade: h2c', 'Upgrade: websocket']],
  [['Upgrade: websocket']],
])('%j is answered 426, and nothing goes upstream', async (lines) => {
  for (const path of [
    '/v1/responses',
    '/v1/realtime?model=deepseek/deepseek-chat',
    '/deepseek/deepseek-chat/realtime',
  ]) {
    const answer = await ask(lines, true, path);
    expect(answer.status).toBe(426);
    expect(answer.headers).toMatchObject({
      'x-latchkey-error': 'upgrade_not_supported',
      upgrade: 'HTTP/1.1',
      connection: 'upgrade',
    });
  }
  expect(world.upstream.requests).toEqual([]);
});

test('whoever has no good token gets 401 instead', async () => {
  expect((await ask(['Connection: Upgrade', 'Upgrade: websocket', KEY], false)).status).toBe(401);
});

test.each(['h2c', 'TLS/1.0', 'websockets'])('the offer of %s is ignored', async (protocol) => {
  const lines = ['Connection: Upgrade, HTTP2-Settings', `Upgrade: ${protocol}`, 'HTTP2-Settings: AAMAAABk'];
  expect((await ask(lines, true, '/deepseek/deepseek-chat/status')).status).toBe(200);
  expect(world.upstream.requests[0]?.header('upgrade')).toEqual([]);
});
