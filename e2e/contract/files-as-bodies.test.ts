import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';

/** Lines of JSON, as batches are uploaded: each names a model, and together they are no JSON. */
const LINES = '{"model":"other","n":1}\n{"model":"other","n":2}\n';

describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    const { gateway, account, fixtures } = world;
    const { id: providerId } = await fixtures.addProvider({
      gatewayId: gateway.id,
      kind: 'gemini',
      baseUrl: `${world.upstream.origin}/google`,
      key: STORED_KEY,
      models: ['gemini-flash'],
    });
    const owner = { providerId, gatewayId: gateway.id, accountId: account.id };
    const objects = ['s', 's-1'].map((objectId) => ({ ...owner, collection: 'fileSearchStores', objectId }));
    await fixtures.db.upstreamObject.createMany({ data: objects });
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  const post = (path: string, type: string, body: string | Buffer, more: string[] = []) =>
    world.call({ path, body, headers: [...world.bearer, 'content-type', type, ...more] });

  const TYPES = ['application/jsonl', 'application/x-ndjson', 'application/octet-stream', 'text/plain'];

  test.each(TYPES)('a file of JSON lines, called %s, is uploaded where files are taken', async (type) => {
    for (const path of [
      '/gemini/upload/v1beta/files?upload_id=1',
      '/gemini/gemini-flash/upload/v1beta/files',
      '/gemini/upload/v1beta/fileSearchStores/s-1:uploadToFileSearchStore',
    ]) {
      for (const [body, more] of [
        [LINES, []],
        [gzipSync(LINES), ['content-encoding', 'gzip']],
      ] as const) {
        world.upstream.reset();
        expect((await post(path, type, body, [...more])).status).toBe(200);
        const [received] = world.upstream.requests;
        expect((await received?.body)?.toString()).toBe(LINES);
        expect(received?.header('content-encoding')).toEqual([]);
      }
    }
  });

  test.each(TYPES)('the same called %s reaches nothing that answers with a model', async (type) => {
    for (const path of [
      '/gemini/v1beta/models/gemini-flash:generateContent',
      '/gemini/upload/v1beta/models/gemini-flash:generateContent',
      '/gemini/upload/v1beta/files:generateContent',
      '/gemini/upload/v1beta/fileSearchStores/s:query',
      '/gemini/gemini-flash/chat/completions',
      '/deepseek/deepseek-chat/chat/completions',
      '/deepseek/deepseek-chat/upload/v1beta/files',
      '/v1/chat/completions',
    ]) {
      for (const body of [LINES, LINES.slice(0, LINES.indexOf('\n'))]) {
        expect((await post(path, type, body)).status).toBeGreaterThanOrEqual(400);
      }
    }
    expect(world.upstream.requests).toEqual([]);
  });

  test.each([
    ['null', '{"model":null}', 'is null'],
    ['a number', '{"model":4}', 'must be a text'],
    ['behind a byte order mark', '\ufeff{"model":"deepseek-chat"}', 'byte order mark'],
    [
      'in UTF-16 behind a byte order mark',
      Buffer.from('\ufeff{"model":"deepseek-chat"}', 'utf16le'),
      'byte order mark',
    ],
  ])('a model that is %s is refused in words that say so', async (_what, body, message) => {
    for (const path of ['/deepseek/deepseek-chat/chat/completions', '/v1/chat/completions']) {
      for (const type of ['application/json', 'text/plain']) {
        const answer = await post(path, type, body);
        expect(answer.status).toBe(400);
        expect(JSON.parse(answer.text).error.message).toContain(message);
      }
    }
    expect(world.upstream.requests).toEqual([]);
  });
});
