import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';

/** Endpoints as their services document them, and where their OpenAI-style chat and Anthropic's messages are. */
const ENDPOINTS = [
  ['ollama', '', '/v1/chat/completions', '/v1/messages'],
  ['openrouter', '/api/v1', '/api/v1/chat/completions', '/api/v1/messages'],
  ['ark', '/api/v3', '/api/v3/chat/completions', '/api/v3/messages'],
  ['zai', '/api/paas/v4', '/api/paas/v4/chat/completions', '/api/paas/v4/messages'],
  ['github', '/inference', '/inference/chat/completions', '/inference/v1/messages'],
  ['deepinfra', '/v1/openai', '/v1/openai/chat/completions', '/v1/openai/v1/messages'],
  ['databricks', '/serving-endpoints', '/serving-endpoints/chat/completions', '/serving-endpoints/v1/messages'],
  ['azure', '/openai/deployments/d', '/openai/deployments/d/chat/completions', '/openai/deployments/d/v1/messages'],
  ['google', '/v1beta/openai', '/v1beta/openai/chat/completions', '/v1beta/openai/v1/messages'],
  ['for-anthropic', '/anthropic', '/anthropic/v1/chat/completions', '/anthropic/v1/messages'],
] as const;

describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  /** A gateway has one endpoint, so there is a gateway for each. */
  const gateways = new Map<string, { url: string; token: string }>();
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    const { fixtures, account, server, upstream } = world;
    for (const [name, path] of ENDPOINTS) {
      const { id: gatewayId, slug } = await fixtures.addGateway(account.id, `gw-${name}`);
      const baseUrl = upstream.origin + path;
      await fixtures.addProvider({
        gatewayId,
        kind: 'openai-compatible',
        baseUrl,
        key: STORED_KEY,
        models: ['team/m'],
      });
      const { token } = await fixtures.addToken({ accountId: account.id, gatewayId });
      gateways.set(name, { url: `${server.origin}/gateway/${slug}`, token });
    }
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  describe.each(ENDPOINTS)('an endpoint such as %s, at "%s"', (name, path, chat, messages) => {
    /** The addresses that people give their SDKs, the first of the gateway and the second of the model. */
    const forms = (ends: readonly string[]) =>
      ends.flatMap((end) => [
        { base: end, model: 'openai-compatible/team/m' },
        { base: `/openai-compatible/team/m${end}`, model: 'team/m' },
      ]);

    test("is called by OpenAI's SDK where the service has chat", async () => {
      const { url, token } = gateways.get(name) ?? { url: '', token: '' };
      // Without a version, the gateway's own address names no endpoint.
      const bases = forms(['/v1', '/v1/v1']);
      for (const { base, model } of [...bases, { base: '/openai-compatible/team/m', model: 'team/m' }]) {
        const client = new OpenAI({ baseURL: url + base, apiKey: token, maxRetries: 0 });
        await client.chat.completions.create({ model, messages: [] });
      }
      expect(world.upstream.requests.map((received) => received.url)).toEqual(Array(5).fill(chat));
    });

    test("is called by Anthropic's SDK where the service has messages", async () => {
      const { url, token } = gateways.get(name) ?? { url: '', token: '' };
      for (const { base, model } of forms(['', '/v1'])) {
        const client = new Anthropic({ baseURL: url + base, apiKey: token, maxRetries: 0 });
        await client.messages.create({ model, max_tokens: 1, messages: [] });
      }
      expect(world.upstream.requests.map((received) => received.url)).toEqual(Array(4).fill(messages));
      const header = name === 'for-anthropic' ? 'x-api-key' : 'authorization';
      for (const received of world.upstream.requests) expect(received.header(header).join()).toContain(STORED_KEY);
    });

    test('takes what a client writes of its path once', async () => {
      if (path === '') return;
      const { url, token } = gateways.get(name) ?? { url: '', token: '' };
      const client = new OpenAI({ baseURL: `${url}/openai-compatible/team/m${path}`, apiKey: token, maxRetries: 0 });
      await client.chat.completions.create({ model: 'team/m', messages: [] });
      expect(world.upstream.requests.map((received) => received.url)).toEqual([chat]);
    });

    test('has its model in the list, by the id that the SDK encodes', async () => {
      const { url, token } = gateways.get(name) ?? { url: '', token: '' };
      const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: token, maxRetries: 0 });
      const id = 'openai-compatible/team/m';
      expect(await client.models.retrieve(id)).toMatchObject({ id, object: 'model' });
      expect(world.upstream.requests).toEqual([]);
    });
  });

  test("DeepSeek's messages are where DeepSeek has Anthropic's API", async () => {
    const baseURL = `${world.server.origin}/gateway/${world.gateway.slug}`;
    const client = new Anthropic({ baseURL, apiKey: world.token, maxRetries: 0 });
    await client.messages.create({ model: 'deepseek/deepseek-chat', max_tokens: 1, messages: [] });
    const [received] = world.upstream.requests;
    expect(received?.url).toBe('/base/anthropic/v1/messages');
    expect(received?.header('x-api-key')).toEqual([STORED_KEY]);
    expect(received?.header('authorization')).toEqual([]);
  });

  test('the models, and each with its slash encoded, are there for GET and HEAD', async () => {
    for (const byHost of [true, false]) {
      for (const path of [
        '/v1/models',
        '/v1/v1/models',
        '/v1/models/deepseek%2Fteam%2Fdeepseek',
        '/v1/models/deepseek%2fteam/deepseek',
        '/v1/models/deepseek/team/deepseek',
      ]) {
        const got = await world.call({ path, method: 'GET', byHost });
        expect([path, got.status]).toEqual([path, 200]);
        if (path !== '/v1/models' && path !== '/v1/v1/models') {
          expect(JSON.parse(got.text)).toMatchObject({ id: 'deepseek/team/deepseek', object: 'model' });
        }
        const head = await world.call({ path, method: 'HEAD', byHost });
        expect([path, head.status, head.text]).toEqual([path, 200, '']);
      }
      for (const method of ['GET', 'HEAD'] as const) {
        const unknown = await world.call({ path: '/v1/models/deepseek%2Fnope', method, byHost });
        expect(unknown).toMatchObject({ status: 404, headers: { 'x-latchkey-error': 'model_not_found' } });
      }
    }
    expect(world.upstream.requests).toEqual([]);
  });

  test.each([
    '/deepseek/deepseek-chat/v1/models/a%2Fb',
    '/v1/responses/a%2Fb',
    '/v1/models/a%2F..%2F..%2Fb',
    '/deepseek%2Fdeepseek-chat/v1/models',
  ])('an encoded slash in %s gets 400', async (path) => {
    expect((await world.call({ path, method: 'GET' })).status).toBe(400);
    expect(world.upstream.requests).toEqual([]);
  });
});
