import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';

/** Google's own addresses at an upstream that keeps what it is sent: every version, below the model and without it. */
describe.each(TRANSPORTS)("through %s, Google's native paths", (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    await world.fixtures.addProvider({
      gatewayId: world.gateway.id,
      kind: 'gemini',
      baseUrl: `${world.upstream.origin}/google`,
      key: STORED_KEY,
      models: ['gemini-flash', 'gemini-embedding'],
    });
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  const call = (path: string) =>
    world.call({ path, headers: ['x-goog-api-key', world.token, 'content-type', 'application/json'], body: '{}' });

  const VERSIONS = ['v1', 'v1beta', 'v1alpha'];
  const ACTIONS = ['generateContent', 'streamGenerateContent?alt=sse', 'countTokens'];
  const NATIVE = VERSIONS.flatMap((version) => ACTIONS.map((action) => `/${version}/models/gemini-flash:${action}`));

  test.each(NATIVE)('%s arrives as it is, with the stored key in the header that Google reads', async (path) => {
    for (const prefix of ['/gemini', '/gemini/gemini-flash']) {
      world.upstream.reset();
      expect((await call(prefix + path)).status).toBe(200);
      const [received] = world.upstream.requests;
      expect(received?.url).toBe(`/google${path}`);
      expect(received?.header('x-goog-api-key')).toEqual([STORED_KEY]);
      expect(received?.header('authorization')).toEqual([]);
    }
  });

  test.each(VERSIONS)(
    'below %s no model is called that the gateway does not have, nor another than the path names',
    async (version) => {
      const unknown = await call(`/gemini/${version}/models/gemini-pro:generateContent`);
      expect(unknown).toMatchObject({ status: 404, headers: { 'x-latchkey-error': 'model_not_found' } });
      for (const name of ['gemini-pro', 'gemini-embedding', 'gemini%2Dpro', 'gemini-flash%3Ax']) {
        const other = await call(`/gemini/gemini-flash/${version}/models/${name}:generateContent`);
        expect(other).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'model_mismatch' } });
      }
      expect(world.upstream.requests).toEqual([]);
    },
  );

  test('an address that hides its model behind an encoded letter does not reach the native API', async () => {
    await call('/gemini/gemini-flash/v1beta/%6dodels/gemini-pro:generateContent');
    expect(world.upstream.requests.map(({ url }) => url)).toEqual([
      '/google/v1beta/openai/v1beta/%6dodels/gemini-pro:generateContent',
    ]);
  });
});
