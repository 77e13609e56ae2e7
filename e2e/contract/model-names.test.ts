import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { modelPathOf } from '#lib/providers/model-name.ts';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';

/** As providers, aggregators and people who run models themselves call them. */
const NAMES = [
  'qwen/qwen3-32b:free',
  '~team/latest',
  'my model (new)',
  'claude-sonnet[1m]',
  'a,b=c;d&e+f@g!',
  `it's "new" <1> {2}|^3`,
  '100%',
  'mô-hình/tiếng Việt',
  'mo\u0302',
  '模型/深度',
  'نموذج',
  '🦙 3',
];

describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    await world.fixtures.addProvider({
      gatewayId: world.gateway.id,
      kind: 'openai-compatible',
      baseUrl: `${world.upstream.origin}/base`,
      key: 'sk-stored',
      models: NAMES,
    });
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  const post = (path: string, model: string, byHost = false) => {
    const headers = [...world.bearer, 'content-type', 'application/json'];
    return world.call({ path, headers, body: JSON.stringify({ model, messages: [] }), byHost });
  };
  const received = async () => {
    const [request] = world.upstream.requests;
    return { url: request?.url, body: JSON.parse(String(await request?.body)) };
  };

  test.each(NAMES)('%s is called by its address, in path and host form', async (name) => {
    for (const byHost of [false, true]) {
      // Every letter encoded that may be, or only those that must be.
      for (const path of [modelPathOf(name), name.split('/').map(encodeURIComponent).join('/')]) {
        world.upstream.reset();
        const { status } = await post(`/openai-compatible/${path}/chat/completions`, name, byHost);
        expect([byHost, path, status]).toEqual([byHost, path, 200]);
        expect(await received()).toEqual({ url: '/base/chat/completions', body: { model: name, messages: [] } });
      }
    }
  });

  test.each(NAMES)('%s is called by `model` in the body, and listed', async (name) => {
    expect((await post('/v1/chat/completions', `openai-compatible/${name}`)).status).toBe(200);
    expect((await received()).body).toEqual({ model: name, messages: [] });
    const id = `openai-compatible/${name}`;
    const listed = await world.call({ path: '/v1/models', method: 'GET' });
    expect(JSON.parse(listed.text).data.map((model: { id: string }) => model.id)).toContain(id);
    const one = await world.call({ path: `/v1/models/openai-compatible/${modelPathOf(name)}`, method: 'GET' });
    expect(JSON.parse(one.text)).toMatchObject({ id, object: 'model' });
  });

  test.each(NAMES)('%s is the model of a form', async (name) => {
    const form = new FormData();
    form.set('model', name);
    form.set('file', new Blob(['sound']), 'speech.mp3');
    const encoded = new Response(form);
    const headers = [...world.bearer, 'content-type', encoded.headers.get('content-type') ?? ''];
    const body = Buffer.from(await encoded.arrayBuffer());
    const path = `/openai-compatible/${modelPathOf(name)}/audio/transcriptions`;
    expect((await world.call({ path, headers, body })).status).toBe(200);
    expect(String(await world.upstream.requests[0]?.body)).toContain(`\r\n\r\n${name}\r\n`);
  });

  test('the letters of a name may be composed in either way in the address and where the body says where to', async () => {
    expect((await post('/openai-compatible/m%C3%B4/chat', 'mo\u0302')).status).toBe(200);
    expect(
      (await post('/openai-compatible/mo%CC%82-hi%CC%80nh/tie%CC%82%CC%81ng%20Vie%CC%A3%CC%82t/x', NAMES[7] ?? ''))
        .status,
    ).toBe(200);
    expect((await post('/v1/chat/completions', 'openai-compatible/m\u00f4')).status).toBe(200);
    expect(JSON.parse(String(await world.upstream.requests[2]?.body)).model).toBe('mo\u0302');
  });

  test('another model is told by its own name', async () => {
    const answer = await post('/openai-compatible/m%C3%B4%20h%C3%ACnh/chat/completions', 'x');
    expect(answer).toMatchObject({ status: 404, headers: { 'x-latchkey-error': 'model_not_found' } });
    expect(JSON.parse(answer.text).error.message).toBe('Model "mô hình" was not found.');
  });
});
