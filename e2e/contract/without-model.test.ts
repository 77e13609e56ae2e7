import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';
import { startProxy } from '#testing/processes.ts';

const JSON_TYPE = ['content-type', 'application/json'];

describe.each(TRANSPORTS)('through %s, calls that name no model at the one base URL', (transport) => {
  let world: GatewayWorld;
  let single: { slug: string; headers: string[] };
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    const { fixtures, gateway, account } = world;
    await addProvider(gateway.id, 'openai');
    await addProvider(gateway.id, 'openai-compatible');
    const alone = await fixtures.addGateway(account.id, 'alone');
    await addProvider(alone.id, 'openai');
    await addProvider(alone.id, 'anthropic');
    const { token } = await fixtures.addToken({ accountId: account.id, gatewayId: alone.id });
    single = { slug: alone.slug, headers: ['authorization', `Bearer ${token}`] };
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  const addProvider = (gatewayId: string, kind: 'openai' | 'openai-compatible' | 'anthropic') =>
    world.fixtures.addProvider({
      gatewayId,
      kind,
      baseUrl: `${world.upstream.origin}/${kind}/v1`,
      key: STORED_KEY,
      models: ['m'],
    });
  const answerJson = (value: object) =>
    world.upstream.answerWith((response, request) => {
      request
        .resume()
        .on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value)));
    });

  test.each([
    ['/v1/conversations', '/openai/v1/conversations'],
    ['/v1/vector_stores', '/openai/v1/vector_stores'],
    ['/v1/messages/batches', '/anthropic/v1/messages/batches'],
  ])('%s goes to the only provider that has it', async (path, url) => {
    const headers = [...single.headers, ...JSON_TYPE];
    expect((await world.call({ path, slug: single.slug, headers, body: '{}' })).status).toBe(200);
    expect(world.upstream.requests[0]?.url).toBe(url);
  });

  test.each([
    ['OpenAI', [], '/openai/v1/files'],
    ['Anthropic', ['anthropic-version', '2023-06-01'], '/anthropic/v1/files'],
  ])("a file of a client that speaks %s's API goes to the provider that does", async (_api, more, url) => {
    const headers = [...single.headers, ...more, 'content-type', 'multipart/form-data; boundary=B'];
    const body = '--B\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--B--\r\n';
    expect((await world.call({ path: '/v1/files', slug: single.slug, headers, body })).status).toBe(200);
    expect(world.upstream.requests[0]?.url).toBe(url);
  });

  test.each(['/v1/batches', '/v1/vector_stores', '/v1/uploads'])(
    '%s of several providers is refused, and told which addresses there are',
    async (path) => {
      const { status, text } = await world.call({ path, body: '{}', headers: [...world.bearer, ...JSON_TYPE] });
      expect(status).toBe(400);
      expect(text).toContain(`/openai${path}`);
      expect(text).toContain(`/openai-compatible${path}`);
      expect(world.upstream.requests).toEqual([]);
    },
  );

  test.each([
    ['GET', ''],
    ['POST', '/cancel'],
    ['GET', '/input_items?limit=1'],
    ['DELETE', ''],
  ] as const)('%s of a response%s goes where the response was made', async (method, below) => {
    for (const kind of ['openai-compatible', 'openai']) {
      const id = `resp_${kind}_${method}_${below.length}`;
      answerJson({ id });
      const body = JSON.stringify({ model: `${kind}/m` });
      await world.call({ path: '/v1/responses', body, headers: [...world.bearer, ...JSON_TYPE] });
      world.upstream.reset();
      expect((await world.call({ method, path: `/v1/responses/${id}${below}` })).status).toBe(200);
      expect(world.upstream.requests.map(({ url }) => url)).toEqual([`/${kind}/v1/responses/${id}${below}`]);
    }
  });

  test('an id that nobody made is not there', async () => {
    const answer = await world.call({ method: 'GET', path: '/v1/responses/resp_guessed' });
    expect(answer.status).toBe(404);
    expect(answer.headers['x-latchkey-error']).toBe('not_found');
    expect(world.upstream.requests).toEqual([]);
  });
});

test('what one machine has learnt, another finds at once', async () => {
  const world = await openGatewayWorld('proxy', { PROXY_WORKERS: '2' });
  const second = await startProxy({ databaseUrl: world.databaseUrl });
  try {
    const { upstream, fixtures, gateway, token } = world;
    const baseUrl = `${upstream.origin}/v1`;
    await fixtures.addProvider({ gatewayId: gateway.id, kind: 'openai', baseUrl, key: STORED_KEY, models: ['m'] });
    upstream.answerWith((response, request) => {
      const id = `file-${upstream.requests.length}`;
      request
        .resume()
        .on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(`{"id":"${id}"}`));
    });
    for (let round = 1; round <= 20; round++) {
      upstream.requests.length = 0;
      const { text } = await world.call({ path: '/v1/files', body: 'x' });
      const { id } = JSON.parse(text);
      const answer = await fetch(`${second.origin}/gateway/${gateway.slug}/v1/files/${id}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(200);
    }
  } finally {
    await second.stop();
    await world.close();
  }
});
