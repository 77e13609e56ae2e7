import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '#lib/database/embedded.ts';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';
import { listen } from '#testing/listen.ts';

const LIMITS = { UPSTREAM_FIRST_BYTE_TIMEOUT_MS: '1500', STREAM_KEEPALIVE_SECONDS: '1' };
const SSE = { 'content-type': 'text/event-stream; charset=utf-8' };

describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport, LIMITS);
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  async function callAt(baseUrl: string) {
    const { id } = world.provider;
    const move = async (to: string) => {
      await world.fixtures.db.provider.update({ where: { id }, data: { baseUrl: to } });
      await world.fixtures.settle();
    };
    await move(baseUrl);
    try {
      return await world.call();
    } finally {
      await move(`${world.upstream.origin}/base`);
    }
  }

  test('an answer that does not come in time is not to be asked for again: the provider may be paid for it', async () => {
    world.upstream.answerWith(() => {});
    expect(await world.call()).toMatchObject({ status: 504, headers: { 'x-should-retry': 'false' } });
  });

  test.each([
    ['closes without a word', ''],
    ['answers what is no HTTP', 'nonsense\r\n\r\n'],
    ['closes in its head', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['names a coding that nobody knows', 'HTTP/1.1 200 OK\r\ntransfer-encoding: x, chunked\r\n\r\n0\r\n\r\n'],
  ])('nor is one of a provider that %s', async (_how, bytes) => {
    const server = createServer((socket) => socket.once('data', () => socket.end(bytes)));
    const { port, close } = await listen(server);
    onTestFinished(close);
    const answer = await callAt(`http://127.0.0.1:${port}`);
    expect(answer).toMatchObject({ status: 502, headers: { 'x-should-retry': 'false' } });
  });

  test('what was never sent may be asked for again', async () => {
    const answer = await callAt(`http://127.0.0.1:${await findFreePort()}`);
    expect(answer).toMatchObject({ status: 502 });
    expect(answer.headers).not.toHaveProperty('x-should-retry');
  });

  test('the SDK of OpenAI then makes one paid call, and not three', async () => {
    world.upstream.answerWith(() => {});
    const baseURL = `${world.server.origin}/gateway/${world.gateway.slug}/v1`;
    const client = new OpenAI({ apiKey: world.token, baseURL, maxRetries: 2 });
    const asked = client.chat.completions.create({ model: 'deepseek/deepseek-chat', messages: [] });
    await expect(asked).rejects.toMatchObject({ status: 504 });
    expect(world.upstream.requests).toHaveLength(1);
  });

  describe('a silent event stream', () => {
    test('gets comments between its events, which no client sees as events', async () => {
      const text = await readStream(['data: 1\n\n', 'data: 2\r\n\r\n'], 1_400);
      expect(text).toMatch(/^data: 1\n\n: keep-alive\n\ndata: 2\r\n\r\n(?:: keep-alive\n\n)?data: \[DONE\]\n\n$/);
    });

    test.each([
      ['in an event', ['data: {"a":\ndata: ', '1}\n']],
      ['between the two characters of a line end', ['data: 1\n\r', '\ndata: 2\r\n\r']],
      ['in a line', ['data: 1\n\nda', 'ta: 2\n']],
    ])('gets none %s', async (_where, pieces) => {
      expect(await readStream(pieces, 1_400)).toBe(`${pieces.join('')}data: [DONE]\n\n`);
    });

    test.each<[string, Record<string, string>]>([
      ['that is no event stream', { 'content-type': 'application/x-ndjson' }],
      ['with a length', { ...SSE, 'content-length': String('a\n\nb\n\n'.length) }],
    ])('one %s gets none', async (_which, headers) => {
      expect(await readStream(['a\n\n', 'b\n\n'], 1_400, headers, '')).toBe('a\n\nb\n\n');
    });
  });

  /** Has the provider write pieces with a pause behind each. */
  async function readStream(
    pieces: string[],
    pauseMs: number,
    headers: Record<string, string> = SSE,
    last = 'data: [DONE]\n\n',
  ) {
    world.upstream.answerWith((response) => {
      response.writeHead(200, headers);
      const [next, ...rest] = pieces;
      const writeOn = (piece: string | undefined, left: string[]) => {
        if (piece === undefined) return response.end(last);
        response.write(piece);
        setTimeout(() => writeOn(left[0], left.slice(1)), pauseMs);
      };
      writeOn(next, rest);
    });
    return (await world.call()).text;
  }
});

test('a compressed event stream passes as it came', async () => {
  const world = await openGatewayWorld('proxy', LIMITS);
  onTestFinished(() => world.close());
  const whole = gzipSync('data: 1\n\ndata: 2\n\n');
  world.upstream.answerWith((response) => {
    response.writeHead(200, { ...SSE, 'content-encoding': 'gzip' }).write(whole.subarray(0, 10));
    setTimeout(() => response.end(whole.subarray(10)), 1_400);
  });
  const answer = await fetch(`${world.server.origin}/gateway/${world.gateway.slug}/deepseek/deepseek-chat/x`, {
    headers: { authorization: `Bearer ${world.token}` },
  });
  expect(await answer.text()).toBe('data: 1\n\ndata: 2\n\n');
});
