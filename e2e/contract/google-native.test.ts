import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';

/** Google's own addresses at an upstream that keeps what it is sent: every version, below the model and without it. */
describe.each(TRANSPORTS)("through %s, Google's native paths", (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    const { gateway, account } = world;
    const { id: providerId } = await world.fixtures.addProvider({
      gatewayId: gateway.id,
      kind: 'gemini',
      baseUrl: `${world.upstream.origin}/google`,
      key: STORED_KEY,
      models: ['gemini-flash', 'gemini-embedding'],
      opensManagement: true,
    });
    // What the gateway has made; `own-objects.test.ts` has what it has not.
    const made = [
      ['fileSearchStores', 's'],
      ['batches', 'b'],
      ['models/{model}/operations', 'o1'],
    ] as const;
    const owner = { providerId, gatewayId: gateway.id, accountId: account.id };
    const data = made.map(([collection, objectId]) => ({ ...owner, collection, objectId }));
    await world.fixtures.db.upstreamObject.createMany({ data });
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  const call = (path: string, body = '{}') =>
    world.call({ path, headers: ['x-goog-api-key', world.token, 'content-type', 'application/json'], body });
  const ask = (path: string, method: 'GET' | 'HEAD' = 'GET') =>
    world.call({ path, method, headers: ['x-goog-api-key', world.token] });

  const VERSIONS = ['v1', 'v1beta', 'v1alpha'];
  const ACTIONS = ['generateContent', 'streamGenerateContent?alt=sse', 'countTokens'];
  const NATIVE = VERSIONS.flatMap((version) => ACTIONS.map((action) => `/${version}/models/gemini-flash:${action}`));

  /** What has no model in its path: it stands in the body, or the method needs none. */
  const WITHOUT_MODEL = VERSIONS.flatMap((version) =>
    [
      'interactions',
      'cachedContents',
      'fileSearchStores',
      'fileSearchStores/s:importFile',
      'batches/b:cancel',
      'files:register',
      'auth_tokens',
      'corpora',
      'notYetKnown/x:doSomething',
    ].map((resource) => `/${version}/${resource}`),
  );

  test.each([...NATIVE, ...WITHOUT_MODEL])(
    '%s arrives as it is, with the stored key in the header that Google reads',
    async (path) => {
      for (const prefix of ['/gemini', '/gemini/gemini-flash']) {
        world.upstream.reset();
        expect((await call(prefix + path)).status).toBe(200);
        const [received] = world.upstream.requests;
        expect(received?.url).toBe(`/google${path}`);
        expect(received?.header('x-goog-api-key')).toEqual([STORED_KEY]);
        expect(received?.header('authorization')).toEqual([]);
      }
    },
  );

  test.each([
    '/v1beta/models/gemini-flash:generateContent',
    '/v1/models/gemini-flash:generateContent',
    '/v1beta/interactions',
    '/v1/cachedContents',
    '/v1alpha/notYetKnown',
    '/upload/v1/files',
  ])("%s is Google's at the gateway itself, too, where no other API has it", async (path) => {
    expect((await call(path)).status).toBe(200);
    expect(world.upstream.requests.map(({ url }) => url)).toEqual([`/google${path}`]);
  });

  test.each([
    ['/v1beta/v1beta/models/gemini-flash:countTokens', '/v1beta/models/gemini-flash:countTokens'],
    ['/v1/v1beta/interactions', '/v1beta/interactions'],
    ['/v1beta/openai/chat/completions', '/v1beta/openai/chat/completions'],
    ['/v1beta/openai/v1beta/openai/chat/completions', '/v1beta/openai/chat/completions'],
    ['/v1/chat/completions', '/v1beta/openai/chat/completions'],
    ['/chat/completions', '/v1beta/openai/chat/completions'],
  ])('below the model, %s arrives at %s', async (path, expected) => {
    expect((await call(`/gemini/gemini-flash${path}`)).status).toBe(200);
    expect(world.upstream.requests.map(({ url }) => url)).toEqual([`/google${expected}`]);
  });

  test.each(VERSIONS)('below %s the models are those of the gateway, as Google lists them', async (version) => {
    const { models } = JSON.parse((await ask(`/gemini/${version}/models?pageSize=1`)).text);
    expect(models).toHaveLength(2);
    const flash = {
      name: 'models/gemini-flash',
      displayName: 'gemini-flash',
      supportedGenerationMethods: ['generateContent', 'countTokens'],
    };
    expect(models).toContainEqual(flash);
    expect(JSON.parse((await ask(`/gemini/gemini-flash/${version}/models`)).text)).toEqual({ models: [flash] });
    expect(JSON.parse((await ask(`/gemini/${version}/models/gemini-flash`)).text)).toEqual(flash);
    const head = await ask(`/gemini/${version}/models`, 'HEAD');
    expect(head).toMatchObject({ status: 200, text: '' });
    const unknown = await ask(`/gemini/${version}/models/gemini-pro`);
    expect(unknown).toMatchObject({ status: 404, headers: { 'x-latchkey-error': 'model_not_found' } });
    expect(world.upstream.requests).toEqual([]);
  });

  test('what goes on behind a model is asked for below it', async () => {
    const path = '/v1beta/models/gemini-flash/operations/o1';
    expect((await ask(`/gemini${path}`)).status).toBe(200);
    expect(world.upstream.requests[0]).toMatchObject({ method: 'GET', url: `/google${path}` });
  });

  test.each(VERSIONS)(
    'below %s no model is called that the gateway does not have, nor another than the path names',
    async (version) => {
      for (const collection of ['models', '%6dodels', 'Models', 'tunedModels', 'publishers/google/models']) {
        const unknown = await call(`/gemini/${version}/${collection}/gemini-pro:generateContent`);
        expect(unknown).toMatchObject({ status: 404, headers: { 'x-latchkey-error': 'model_not_found' } });
      }
      for (const name of ['gemini-pro', 'gemini-embedding', 'gemini%2Dpro', 'gemini-flash%3Ax']) {
        const other = await call(`/gemini/gemini-flash/${version}/models/${name}:generateContent`);
        expect(other).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'model_mismatch' } });
      }
      expect(world.upstream.requests).toEqual([]);
    },
  );

  test('a model that a body names is one of the gateway’s, with `models/` before it or without', async () => {
    for (const model of ['gemini-flash', 'models/gemini-flash', 'models/gemini-embedding']) {
      expect((await call('/gemini/v1beta/cachedContents', JSON.stringify({ model }))).status).toBe(200);
    }
    world.upstream.reset();
    for (const [path, model] of [
      ['/gemini/v1beta/cachedContents', 'models/gemini-pro'],
      ['/gemini/v1beta/interactions', 'gemini-pro'],
      ['/gemini/gemini-flash/v1beta/interactions', 'gemini-embedding'],
    ] as const) {
      const other = await call(path, JSON.stringify({ model }));
      expect(other).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'model_mismatch' } });
    }
    expect(world.upstream.requests).toEqual([]);
  });

  test('an address that hides its model behind an encoded letter reaches no model', async () => {
    const other = await call('/gemini/gemini-flash/v1beta/%6dodels/gemini-pro:generateContent');
    expect(other).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'model_mismatch' } });
    await call('/gemini/gemini-flash/v1%62eta/models/gemini-pro:generateContent');
    const hidden = world.upstream.requests.map(({ url }) => url);
    // As an endpoint of OpenAI's API, which nobody has; Google would not read it as its own.
    expect(hidden).toEqual(['/google/v1beta/openai/v1%62eta/models/gemini-pro:generateContent']);
  });

  test("beside a stored key the client's own credentials in the query go no further, the rest stays", async () => {
    // Next parses the query and writes it anew.
    const odd = transport === 'proxy' ? '&a=%zz&b;c&&' : '&a=b%2F..';
    const own = 'key=AIza-own&%6bey=AIza-own&$key=AIza-own&access_token=own&oauth_token=own&$userProject=own';
    const path = `/v1beta/models/gemini-flash:streamGenerateContent`;
    expect((await call(`/gemini${path}?${own}&alt=sse${odd}`)).status).toBe(200);
    expect((await call(`/gemini/gemini-flash/chat/completions?key=AIza-own`)).status).toBe(200);
    expect(world.upstream.requests.map(({ url }) => url)).toEqual([
      `/google${path}?alt=sse${odd}`,
      '/google/v1beta/openai/chat/completions',
    ]);
  });

  test("without a stored key the client's own key in the query is what Google gets", async () => {
    const { fixtures, account, upstream } = world;
    const gateway = await fixtures.addGateway(account.id, 'keyless');
    const baseUrl = `${upstream.origin}/google`;
    await fixtures.addProvider({ gatewayId: gateway.id, kind: 'gemini', baseUrl, key: null, models: ['gemini-flash'] });
    const { token } = await fixtures.addToken({ accountId: account.id, gatewayId: gateway.id });
    const path = '/gemini/v1beta/models/gemini-flash:countTokens?key=AIza-own';
    const headers = ['authorization', `Bearer ${token}`, 'content-type', 'application/json'];
    expect((await world.call({ slug: gateway.slug, path, headers, body: '{}' })).status).toBe(200);
    expect(upstream.requests[0]?.url).toBe('/google/v1beta/models/gemini-flash:countTokens?key=AIza-own');
  });
});
