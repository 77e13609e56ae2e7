import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Call, type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';

const JSON_TYPE = ['content-type', 'application/json'];

describe.each(TRANSPORTS)('through %s, objects', (transport) => {
  let world: GatewayWorld;
  let other: { slug: string; bearer: string[] };
  let secondToken: string[];
  let made = 0;

  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    const { fixtures, account, gateway } = world;
    // Of one account at the provider: same address, same key.
    const neighbour = await fixtures.addGateway(account.id, 'neighbour');
    for (const gatewayId of [gateway.id, neighbour.id]) await addProviders(gatewayId);
    const { token } = await fixtures.addToken({ accountId: account.id, gatewayId: neighbour.id });
    other = { slug: neighbour.slug, bearer: ['authorization', `Bearer ${token}`] };
    const second = await fixtures.addToken({ accountId: account.id, gatewayId: gateway.id });
    secondToken = ['authorization', `Bearer ${second.token}`];
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  async function addProviders(gatewayId: string) {
    const { fixtures, upstream } = world;
    const shared = { gatewayId, key: STORED_KEY };
    await fixtures.addProvider({ ...shared, kind: 'openai', baseUrl: `${upstream.origin}/v1`, models: ['gpt-5'] });
    await fixtures.addProvider({
      ...shared,
      kind: 'anthropic',
      baseUrl: `${upstream.origin}/a/v1`,
      models: ['claude'],
    });
    await fixtures.addProvider({ ...shared, kind: 'gemini', baseUrl: `${upstream.origin}/g`, models: ['veo', 'pro'] });
  }

  const answerJson = (value: object) =>
    world.upstream.answerWith((response, request) => {
      request
        .resume()
        .on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value)));
    });

  /** Makes an object at `path`; the provider answers with `toAnswer` of a fresh id, which is returned. */
  async function make(path: string, toAnswer: (id: string) => object, options: Partial<Call> = {}): Promise<string> {
    made += 1;
    const id = `obj_${made}`;
    answerJson(toAnswer(id));
    const { status } = await world.call({ path, body: '{}', headers: [...world.bearer, ...JSON_TYPE], ...options });
    expect(status).toBe(200);
    world.upstream.reset();
    return id;
  }
  const asOther = (call: Call) => world.call({ ...call, slug: other.slug, headers: [...other.bearer, ...JSON_TYPE] });

  const KINDS: [string, string, (id: string) => object, (id: string) => string][] = [
    ['response', '/openai/gpt-5/v1/responses', (id) => ({ id }), (id) => `/openai/v1/responses/${id}`],
    [
      'response by model',
      '/openai/gpt-5/responses',
      (id) => ({ id }),
      (id) => `/openai/gpt-5/responses/${id}/input_items`,
    ],
    ['conversation', '/openai/v1/conversations', (id) => ({ id }), (id) => `/openai/v1/conversations/${id}/items`],
    ['file', '/openai/v1/files', (id) => ({ id }), (id) => `/openai/v1/files/${id}/content`],
    ['upload', '/openai/v1/uploads', (id) => ({ id }), (id) => `/openai/v1/uploads/${id}/cancel`],
    ['vector store', '/openai/v1/vector_stores', (id) => ({ id }), (id) => `/openai/vector_stores/${id}/files`],
    ['video', '/openai/gpt-5/v1/videos', (id) => ({ id }), (id) => `/openai/v1/videos/${id}/content`],
    ['container', '/openai/v1/containers', (id) => ({ id }), (id) => `/openai/v1/containers/${id}/files/f/content`],
    [
      'message batch',
      '/anthropic/v1/messages/batches',
      (id) => ({ id }),
      (id) => `/anthropic/v1/messages/batches/${id}/results`,
    ],
    ['file of Anthropic', '/anthropic/v1/files', (id) => ({ id }), (id) => `/anthropic/v1/files/${id}`],
    [
      'cache',
      '/gemini/v1beta/cachedContents',
      (id) => ({ name: `cachedContents/${id}` }),
      (id) => `/gemini/v1beta/cachedContents/${id}`,
    ],
    [
      'file of Google',
      '/gemini/upload/v1beta/files',
      (id) => ({ file: { name: `files/${id}` } }),
      (id) => `/gemini/v1beta/files/${id}`,
    ],
    [
      'batch of Google',
      '/gemini/v1beta/models/pro:batchGenerateContent',
      (id) => ({ name: `batches/${id}` }),
      (id) => `/gemini/v1beta/batches/${id}`,
    ],
    [
      'operation of a model',
      '/gemini/v1beta/models/veo:predictLongRunning',
      (id) => ({ name: `models/veo/operations/${id}` }),
      (id) => `/gemini/v1beta/models/veo/operations/${id}`,
    ],
  ];

  test.each(KINDS)(
    'a %s is open to its gateway, and to no other of the same account',
    async (_kind, path, toAnswer, at) => {
      const id = await make(path, toAnswer);
      const method = at(id).endsWith('/cancel') ? 'POST' : 'GET';
      expect((await world.call({ method, path: at(id) })).status).toBe(200);
      expect((await world.call({ method, path: at(id), headers: secondToken })).status).toBe(200);
      expect(world.upstream.requests).toHaveLength(2);
      // At once, because both are looked for until another worker would have written what it has just learnt.
      const asking = [asOther({ method, path: at(id) }), asOther({ method, path: at(`${id}0`) })] as const;
      const [refused, unknown] = await Promise.all(asking);
      expect(refused.status).toBe(404);
      expect(refused.headers['x-latchkey-error']).toBe('not_found');
      expect(refused.text.replaceAll(id, 'ID')).toBe(unknown.text.replaceAll(`${id}0`, 'ID'));
      expect(world.upstream.requests).toHaveLength(2);
    },
  );

  test('a response is known with the first event of its stream', async () => {
    const { promise: begun, resolve } = Promise.withResolvers<() => void>();
    world.upstream.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: response.created\ndata: {"type":"response.created","response":{"id":"resp_live"}}\n\n');
      resolve(() => response.end());
    });
    const streaming = world.call({ path: '/openai/gpt-5/v1/responses', body: '{"stream":true}' });
    const finish = await begun;
    answerJson({});
    const cancel = { path: '/openai/v1/responses/resp_live/cancel' };
    await expect.poll(async () => (await world.call(cancel)).status, { timeout: 60_000 }).toBe(200);
    finish();
    await streaming;
    expect((await asOther(cancel)).status).toBe(404);
  });

  test('a stream whose line does not end passes unchanged, and so it does byte by byte', async () => {
    const begin = Buffer.alloc(2 * 1024 * 1024, 'x');
    const bytes = 4_000;
    world.upstream.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(begin, () => {
        // By hand, as Node makes one chunk of what is written in one turn.
        response.socket?.write('1\r\ny\r\n'.repeat(bytes));
        response.end();
      });
    });
    const answer = await world.call({ path: '/openai/gpt-5/v1/responses', body: '{"stream":true}' });
    expect(answer.text === begin.toString() + 'y'.repeat(bytes)).toBe(true);
  });

  test('what is made is asked for without compression', async () => {
    const headers = [...world.bearer, ...JSON_TYPE, 'accept-encoding', 'gzip, br'];
    await world.call({ path: '/openai/v1/conversations', body: '{}', headers });
    expect(world.upstream.requests[0]?.header('accept-encoding')).toEqual(['identity']);
  });

  test('an answer that the provider keeps nothing of is not remembered', async () => {
    const body = '{"store":false}';
    const id = await make('/openai/gpt-5/v1/responses', (id) => ({ id }), { body });
    expect((await world.call({ method: 'GET', path: `/openai/v1/responses/${id}` })).status).toBe(404);
    const kept = await make('/openai/gpt-5/v1/chat/completions', (id) => ({ id }), { body: '{"store":true}' });
    expect((await world.call({ method: 'GET', path: `/v1/chat/completions/${kept}` })).status).toBe(200);
    const usual = await make('/openai/gpt-5/v1/chat/completions', (id) => ({ id }));
    expect((await world.call({ method: 'GET', path: `/v1/chat/completions/${usual}` })).status).toBe(404);
  });

  // A worker that still remembers it asks the provider, which says the same.
  test('a deleted object is forgotten', async () => {
    const id = await make('/openai/v1/files', (id) => ({ id }));
    expect((await world.call({ method: 'DELETE', path: `/openai/v1/files/${id}` })).status).toBe(200);
    const known = () => world.fixtures.db.upstreamObject.count({ where: { objectId: id } });
    await expect.poll(known, { timeout: 60_000 }).toBe(0);
  });

  test('what a batch and an upload put out is its gateway’s, too', async () => {
    const batch = await make('/openai/v1/batches', (id) => ({ id }));
    answerJson({ id: batch, output_file_id: 'file-out', error_file_id: 'file-err' });
    await world.call({ method: 'GET', path: `/openai/v1/batches/${batch}` });
    const upload = await make('/openai/v1/uploads', (id) => ({ id }));
    answerJson({ id: upload, file: { id: 'file-up' } });
    await world.call({ path: `/openai/v1/uploads/${upload}/complete` });
    for (const id of ['file-out', 'file-err', 'file-up']) {
      expect((await world.call({ method: 'GET', path: `/v1/files/${id}/content` })).status).toBe(200);
      expect((await asOther({ method: 'GET', path: `/v1/files/${id}/content` })).status).toBe(404);
    }
  });

  test.each<[string, string, string, (id: string) => object]>([
    ['responses', '/openai/gpt-5/v1/responses', '/openai/gpt-5/v1/responses', (id) => ({ previous_response_id: id })],
    [
      'responses',
      '/openai/gpt-5/v1/responses',
      '/v1/responses',
      (id) => ({ model: 'openai/gpt-5', previous_response_id: id }),
    ],
    ['conversations', '/openai/v1/conversations', '/openai/gpt-5/responses', (id) => ({ conversation: id })],
    ['conversations', '/openai/v1/conversations', '/openai/gpt-5/responses', (id) => ({ conversation: { id } })],
    ['files', '/openai/v1/files', '/openai/v1/batches', (id) => ({ input_file_id: id })],
    ['files', '/openai/v1/files', '/openai/v1/vector_stores', (id) => ({ file_ids: [id] })],
  ])('a body that names another gateway’s %s, made at %s, at %s is refused', async (_kind, path, at, toBody) => {
    const id = await make(path, (id) => ({ id }));
    const body = JSON.stringify(toBody(id));
    const call = { path: at, body, headers: [...world.bearer, ...JSON_TYPE] };
    expect((await world.call(call)).status).toBe(200);
    world.upstream.reset();
    expect((await asOther(call)).status).toBe(404);
    expect(world.upstream.requests).toEqual([]);
  });

  test.each([
    '{"previous_response_id":"a","previous_response_id":"b"}',
    '{"Previous_Response_Id":"a"}',
    '{"conversation":{"id":"a","id":"b"}}',
  ])('%s can be read in two ways', async (body) => {
    const call = { path: '/openai/gpt-5/v1/responses', body, headers: [...world.bearer, ...JSON_TYPE] };
    expect((await world.call(call)).status).toBe(400);
    expect(world.upstream.requests).toEqual([]);
  });

  test('a gateway may narrow an object to the token that made it', async () => {
    const { fixtures, gateway } = world;
    const narrow = async (objectsByToken: boolean) => {
      await fixtures.db.gateway.update({ where: { id: gateway.id }, data: { objectsByToken } });
      await fixtures.settle();
    };
    const id = await make('/openai/v1/files', (id) => ({ id }));
    const path = `/openai/v1/files/${id}`;
    await narrow(true);
    expect((await world.call({ method: 'GET', path })).status).toBe(200);
    expect((await world.call({ method: 'GET', path, headers: secondToken })).status).toBe(404);
    const body = JSON.stringify({ input_file_id: id });
    const batch = { path: '/openai/v1/batches', body, headers: [...secondToken, ...JSON_TYPE] };
    expect((await world.call(batch)).status).toBe(404);
    await narrow(false);
    expect((await world.call({ method: 'GET', path, headers: secondToken })).status).toBe(200);
  });
});
