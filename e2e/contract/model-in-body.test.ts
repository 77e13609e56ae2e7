import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';

const JSON_TYPE = ['content-type', 'application/json'];

describe.each(TRANSPORTS)('through %s, one base URL for all models', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport, { MAX_JSON_BODY_BYTES: '5000' });
    await world.fixtures.addProvider({
      gatewayId: world.gateway.id,
      kind: 'openai-compatible',
      baseUrl: `${world.upstream.origin}/compatible/v1`,
      headerName: 'x-custom-key',
      key: 'custom-key-value',
      models: ['gemini/gemini-2.5-flash-lite', 'whisper'],
    });
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  const post = (path: string, body: string | Buffer, headers = JSON_TYPE) =>
    world.call({ path, body, headers: [...world.bearer, ...headers] });

  test.each([
    ['/v1/chat/completions', '/base/v1/chat/completions'],
    ['/v1/responses?x=1', '/base/v1/responses?x=1'],
    ['/v1/embeddings', '/base/v1/embeddings'],
  ])('%s goes where the model says, and only the model is changed', async (path, expected) => {
    const body = `{ "a":"model", "nested":{"model":"x"},\n "model" : "deepseek\\/deepseek-chat" , "text":"người \\"dùng\\"" }`;
    expect((await post(path, body)).status).toBe(200);
    const [received] = world.upstream.requests;
    expect(received?.url).toBe(expected);
    expect((await received?.body)?.toString()).toBe(body.replace('"deepseek\\/deepseek-chat"', '"deepseek-chat"'));
    expect(received?.header('authorization')).toEqual([`Bearer ${STORED_KEY}`]);
  });

  test('a model whose name has a slash is found, and its provider gets the header that the admin chose', async () => {
    const body = JSON.stringify({ model: 'openai-compatible/gemini/gemini-2.5-flash-lite' });
    expect((await post('/v1/chat/completions', body)).status).toBe(200);
    const [received] = world.upstream.requests;
    expect(received?.url).toBe('/compatible/v1/chat/completions');
    expect(received?.header('x-custom-key')).toEqual(['custom-key-value']);
    expect(received?.header('authorization')).toEqual([]);
    expect((await received?.body)?.toString()).toBe('{"model":"gemini/gemini-2.5-flash-lite"}');
  });

  test('an upload is routed by its field `model`, also behind the file', async () => {
    const form = (model: string) =>
      Buffer.concat([
        Buffer.from('--B\r\nContent-Disposition: form-data; name="file"; filename="a.mp3"\r\n\r\n'),
        Buffer.from([0, 255, 13, 10, 45, 45]),
        Buffer.from(`\r\n--B\r\nContent-Disposition: form-data; name="model"\r\n\r\n${model}\r\n--B--\r\n`),
      ]);
    const answer = await post('/v1/audio/transcriptions', form('openai-compatible/whisper'), [
      'content-type',
      'multipart/form-data; boundary=B',
    ]);
    expect(answer.status).toBe(200);
    expect(await world.upstream.requests[0]?.body).toEqual(form('whisper'));
  });

  const field = (model: string) => `--B\r\nContent-Disposition: form-data; name="model"\r\n\r\n${model}\r\n`;
  const file = (size: number) =>
    `--B\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${'x'.repeat(size)}\r\n`;
  const FORM_TYPE = ['content-type', 'multipart/form-data; boundary=B'];
  const transcribe = (body: string) => post('/openai-compatible/whisper/v1/audio/transcriptions', body, FORM_TYPE);

  test.each([
    ['before a file', field('whisper') + file(200_000)],
    ['behind a file', file(200_000) + field('whisper')],
    ['in a small form', file(10) + field('whisper')],
    ['nowhere', file(10)],
  ])("a form that names the path's model %s arrives as it is", async (_where, parts) => {
    expect((await transcribe(`${parts}--B--\r\n`)).status).toBe(200);
    expect((await world.upstream.requests[0]?.body)?.toString()).toBe(`${parts}--B--\r\n`);
  });

  test.each([
    ['another model before a file', `${field('gemini/gemini-2.5-flash-lite') + file(200_000)}--B--`, 'model_mismatch'],
    ['another model in a small form', `${file(10) + field('other')}--B--`, 'model_mismatch'],
    ['two models', `${field('whisper') + field('other')}--B--`, 'invalid_request'],
    ['no end', field('whisper') + file(10), 'invalid_request'],
  ])('a form with %s gets 400, and nothing goes upstream', async (_what, body, code) => {
    expect(await transcribe(body)).toMatchObject({ status: 400, headers: { 'x-latchkey-error': code } });
    expect(world.upstream.requests).toEqual([]);
  });

  test.each([
    ['another model', file(200_000) + field('other'), 'model_mismatch'],
    ['a second model', field('whisper') + file(200_000) + field('other'), 'invalid_request'],
    ['no end', file(200_000), 'invalid_request'],
  ])('a form with %s behind a large file gets 400, and the upstream never sees its end', async (_what, parts, code) => {
    const arrived = world.upstream.nextRequest();
    const answer = await transcribe(`${parts}${parts.includes('other') ? '--B--' : ''}`);
    expect(answer).toMatchObject({ status: 400, headers: { 'x-latchkey-error': code } });
    await expect((await arrived).body).rejects.toThrow();
  });

  test.each([
    ['unknown model', '{"model":"deepseek/gpt-5"}', 404, 'model_not_found'],
    ['unknown provider', '{"model":"nope/deepseek-chat"}', 404, 'model_not_found'],
    ['no provider', '{"model":"deepseek-chat"}', 404, 'model_not_found'],
    ['no model', '{"messages":[]}', 400, 'invalid_request'],
    ['two models', '{"model":"deepseek/deepseek-chat","model":"x/y"}', 400, 'invalid_request'],
    ['a model that is no text', '{"model":1}', 400, 'invalid_request'],
    ['no JSON', 'model=deepseek/deepseek-chat', 400, 'invalid_request'],
    ['too much', `{"model":"deepseek/deepseek-chat","x":"${'x'.repeat(5000)}"}`, 413, 'request_too_large'],
  ])('%s is refused, and nothing goes upstream', async (_what, body, status, code) => {
    expect(await post('/v1/chat/completions', body)).toMatchObject({ status, headers: { 'x-latchkey-error': code } });
    expect(world.upstream.requests).toEqual([]);
  });

  test('the models that the token may call are listed as OpenAI lists them', async () => {
    const answer = await world.call({ method: 'GET', path: '/v1/models' });
    expect(answer.status).toBe(200);
    const { object, data } = JSON.parse(answer.text);
    expect(object).toBe('list');
    expect(data.map(({ id }: { id: string }) => id).toSorted()).toEqual([
      'deepseek/deepseek-chat',
      'deepseek/team/deepseek',
      'deepseek/team/deepseek-v2',
      'openai-compatible/gemini/gemini-2.5-flash-lite',
      'openai-compatible/whisper',
    ]);
    expect(JSON.parse((await world.call({ method: 'GET', path: '/v1/models/deepseek/deepseek-chat' })).text)).toEqual({
      id: 'deepseek/deepseek-chat',
      object: 'model',
      created: 0,
      owned_by: 'deepseek',
    });
    expect((await world.call({ method: 'GET', path: '/v1/models/deepseek/nope' })).status).toBe(404);
    expect(world.upstream.requests).toEqual([]);
  });

  describe("at a provider's own address", () => {
    test.each([
      ['/deepseek/v1/chat/completions', '/base/v1/chat/completions'],
      ['/deepseek/chat/completions?x=1', '/base/chat/completions?x=1'],
      ['/deepseek/v1/v1/chat/completions', '/base/v1/chat/completions'],
    ])('%s goes there with the model that the body names alone, and nothing is changed', async (path, expected) => {
      const body = `{ "model" : "team\\/deepseek" , "text":"người" }`;
      expect((await post(path, body)).status).toBe(200);
      const [received] = world.upstream.requests;
      expect(received?.url).toBe(expected);
      expect((await received?.body)?.toString()).toBe(body);
      expect(received?.header('authorization')).toEqual([`Bearer ${STORED_KEY}`]);
    });

    test('an upload is routed by its field, too', async () => {
      const body = `${file(10) + field('whisper')}--B--\r\n`;
      expect((await post('/openai-compatible/v1/audio/transcriptions', body, FORM_TYPE)).status).toBe(200);
      expect(world.upstream.requests[0]?.url).toBe('/compatible/v1/audio/transcriptions');
      expect((await world.upstream.requests[0]?.body)?.toString()).toBe(body);
    });

    test.each([
      ['unknown model', '{"model":"gpt-5"}', 404, 'model_not_found'],
      ['the model of another provider', '{"model":"whisper"}', 404, 'model_not_found'],
      ['a model with its provider', '{"model":"deepseek/deepseek-chat"}', 404, 'model_not_found'],
      ['no model', '{"messages":[]}', 400, 'invalid_request'],
      ['two models', '{"model":"deepseek-chat","model":"team/deepseek"}', 400, 'invalid_request'],
    ])('%s is refused, and nothing goes upstream', async (_what, body, status, code) => {
      const answer = await post('/deepseek/v1/chat/completions', body);
      expect(answer).toMatchObject({ status, headers: { 'x-latchkey-error': code } });
      expect(world.upstream.requests).toEqual([]);
    });

    test('a name that is right at the other kind of base URL is told', async () => {
      const message = async (path: string, model: string) =>
        JSON.parse((await post(path, JSON.stringify({ model }))).text).error.message;
      expect(await message('/deepseek/v1/chat/completions', 'deepseek/deepseek-chat')).toBe(
        'Model "deepseek/deepseek-chat" was not found. Here it is called "deepseek-chat".',
      );
      expect(await message('/v1/chat/completions', 'deepseek-chat')).toBe(
        'Model "deepseek-chat" was not found. Here it is called "deepseek/deepseek-chat".',
      );
      expect(await message('/v1/chat/completions', 'gpt-5')).toBe('Model "gpt-5" was not found.');
    });

    test('below a model it alone is listed', async () => {
      const { data } = JSON.parse((await world.call({ method: 'GET', path: '/deepseek/deepseek-chat/models' })).text);
      expect(data.map(({ id }: { id: string }) => id)).toEqual(['deepseek-chat']);
      expect(
        (await world.call({ method: 'GET', path: '/deepseek/deepseek-chat/v1/models/deepseek-chat' })).status,
      ).toBe(200);
      expect((await world.call({ method: 'GET', path: '/deepseek/deepseek-chat/v1/models/x' })).status).toBe(404);
      expect(world.upstream.requests).toEqual([]);
    });

    test('its models are listed under the names that a body may have there', async () => {
      for (const path of ['/deepseek/v1/models', '/deepseek/models', '/deepseek/v1/v1/models']) {
        const { data } = JSON.parse((await world.call({ method: 'GET', path })).text);
        expect(data.map(({ id }: { id: string }) => id).toSorted()).toEqual([
          'deepseek-chat',
          'team/deepseek',
          'team/deepseek-v2',
        ]);
      }
      const one = await world.call({ method: 'GET', path: '/deepseek/v1/models/team%2Fdeepseek' });
      expect(JSON.parse(one.text)).toMatchObject({ id: 'team/deepseek', owned_by: 'deepseek' });
      expect((await world.call({ method: 'GET', path: '/deepseek/v1/models/whisper' })).status).toBe(404);
      expect(world.upstream.requests).toEqual([]);
    });
  });

  test('the list is for those with a token only', async () => {
    expect((await world.call({ method: 'GET', path: '/v1/models', headers: [] })).status).toBe(401);
  });
});
