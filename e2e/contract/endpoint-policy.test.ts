import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';

describe.each(TRANSPORTS)('through %s, what a token may reach', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    const { fixtures, gateway, upstream } = world;
    const provider = { gatewayId: gateway.id, key: STORED_KEY };
    await fixtures.addProvider({ ...provider, kind: 'openai', baseUrl: `${upstream.origin}/v1`, models: ['gpt-5'] });
    await fixtures.addProvider({
      ...provider,
      kind: 'anthropic',
      baseUrl: `${upstream.origin}/v1`,
      models: ['claude'],
    });
    await fixtures.addProvider({ ...provider, kind: 'gemini', baseUrl: upstream.origin, models: ['gemini-pro'] });
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  test.each([
    ['DELETE', '/openai/gpt-5/v1/models/ft:gpt-5:acme'],
    ['DELETE', '/openai/gpt-5/v1/%6dodels/x'],
    ['DELETE', '/openai/gpt-5/V1/MODELS/x'],
    ['GET', '/openai/gpt-5/v1/fine_tuning/jobs'],
    ['POST', '/openai/v1/fine_tuning/jobs'],
    ['GET', '/openai/v1/organization/costs'],
    ['GET', '/v1/organization/admin_api_keys'],
    ['POST', '/v1/evals'],
    ['DELETE', '/v1/models/openai'],
    ['GET', '/openai/gpt-5/v1/dashboard/billing/credit_grants'],
    ['POST', '/openai/v1/realtime/client_secrets'],
    ['GET', '/anthropic/v1/organizations/users'],
    ['POST', '/anthropic/claude/v1/sessions'],
    ['POST', '/gemini/v1beta/tunedModels'],
    ['DELETE', '/gemini/v1beta/tunedModels/gemini-pro'],
    ['GET', '/deepseek/user/balance'],
    ['GET', '/openai/v1/not-known-yet'],
    // A list shows what others made.
    ['GET', '/openai/gpt-5/v1/files'],
    ['GET', '/openai/v1/batches'],
    ['HEAD', '/v1/vector_stores'],
    ['GET', '/anthropic/v1/messages/batches'],
    ['GET', '/gemini/v1beta/cachedContents'],
  ] as const)('%s %s is refused, with nothing upstream', async (method, path) => {
    const answer = await world.call({ method, path });
    expect(answer.status).toBe(403);
    expect(answer.headers['x-latchkey-error']).toBe('endpoint_not_allowed');
    expect(world.upstream.requests).toEqual([]);
  });

  test('the refusal says what can be done', async () => {
    const { text } = await world.call({ method: 'GET', path: '/openai/v1/organization/costs' });
    expect(JSON.parse(text)).toEqual({
      error: {
        message: expect.stringContaining('open the management endpoints'),
        type: 'invalid_request_error',
        code: 'endpoint_not_allowed',
        param: null,
      },
    });
  });

  test.each([
    ['POST', '/openai/gpt-5/v1/chat/completions'],
    ['POST', '/openai/gpt-5/v1/not-known-yet'],
    ['POST', '/openai/gpt-5/v1/audio/speech'],
    ['POST', '/anthropic/claude/v1/messages/count_tokens'],
    ['POST', '/gemini/v1beta/models/gemini-pro:countTokens'],
    ['POST', '/gemini/v1beta/models/gemini-pro:notKnownYet'],
  ] as const)('%s %s is open to every token', async (method, path) => {
    expect((await world.call({ method, path })).status).toBe(200);
    expect(world.upstream.requests).toHaveLength(1);
  });

  test('no header turns an open method into another one', async () => {
    const overriding = ['x-http-method-override', 'DELETE', 'X-HTTP-Method', 'DELETE', 'x-method-override', 'DELETE'];
    await world.call({ path: '/openai/gpt-5/v1/files', headers: [...world.bearer, ...overriding] });
    const [received] = world.upstream.requests;
    expect(received?.rawHeaders.join(' ')).not.toMatch(/DELETE/);
  });

  test('a provider whose management endpoints are opened takes them, until they are closed', async () => {
    const { fixtures, gateway } = world;
    const setOpen = async (opensManagement: boolean) => {
      await fixtures.db.provider.updateMany({
        where: { gatewayId: gateway.id, kind: 'openai' },
        data: { opensManagement },
      });
      await fixtures.settle();
    };
    const calls = [
      ['DELETE', '/openai/gpt-5/v1/models/ft:x', '/v1/models/ft:x'],
      ['GET', '/openai/v1/organization/costs', '/v1/organization/costs'],
      // The only provider that opens them has it at the one base URL, too.
      ['GET', '/v1/fine_tuning/jobs', '/v1/fine_tuning/jobs'],
    ] as const;
    await setOpen(true);
    for (const [method, path, url] of calls) {
      expect((await world.call({ method, path })).status).toBe(200);
      expect(world.upstream.requests.at(-1)).toMatchObject({ method, url });
    }
    expect((await world.call({ method: 'GET', path: '/anthropic/v1/organizations/me' })).status).toBe(403);
    expect((await world.call({ method: 'GET', path: '/openai/v1/files' })).status).toBe(403);
    await setOpen(false);
    for (const [method, path] of calls) expect((await world.call({ method, path })).status).toBe(403);
  });
});

// Next answers 308 to a doubled slash before its route sees it.
test.each(['/openai/gpt-5/v1//models/x', '/openai/gpt-5//v1//%6dodels//x', '/openai//v1/models/x'])(
  'DELETE %s is refused by the proxy, with nothing upstream',
  async (path) => {
    const world = await openGatewayWorld('proxy');
    onTestFinished(() => world.close());
    const { fixtures, gateway, upstream } = world;
    const provider = { gatewayId: gateway.id, key: STORED_KEY, models: ['gpt-5'] };
    await fixtures.addProvider({ ...provider, kind: 'openai', baseUrl: `${upstream.origin}/v1` });
    const answer = await world.call({ method: 'DELETE', path });
    expect(answer).toMatchObject({ status: 403, headers: { 'x-latchkey-error': 'endpoint_not_allowed' } });
    expect(upstream.requests).toEqual([]);
  },
);
