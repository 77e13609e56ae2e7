import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';
import { sendRaw } from '#testing/raw-http.ts';

/** Acceptance group C. */
describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  const raw = (target: string, hosts: string[]) => world.rawHead(['Content-Length: 0'], { target, hosts });
  const json = (body: unknown) => ({
    headers: [...world.bearer, 'content-type', 'application/json'],
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

  test.each([true, false])('the example of the documentation works, by host: %s', async (byHost) => {
    const body = '{"model": "deepseek-chat", "messages": [{"role": "user", "content": "What is AI?"}]}';
    const answer = await world.call({ byHost, ...json(body) });
    expect(answer.status).toBe(200);
    const [received] = world.upstream.requests;
    expect(received).toMatchObject({ method: 'POST', url: '/base/chat/completions' });
    expect((await received?.body)?.toString()).toBe(body);
    expect(received?.header('content-length')).toEqual([String(body.length)]);
  });

  test('an unknown gateway, provider or model gets 404 that names it', async () => {
    const slug = `user-${world.account.id}-no-such-gateway`;
    await expectNotFound({ slug }, 'gateway_not_found', `Gateway "${slug}" was not found.`);
    await expectNotFound({ slug, byHost: true }, 'gateway_not_found', `Gateway "${slug}" was not found.`);
    await expectNotFound({ path: '/openai/gpt/x' }, 'model_not_found', 'Provider "openai" was not found.');
    await expectNotFound({ path: '/nonsense/gpt/x' }, 'model_not_found', 'Provider "nonsense" was not found.');
    await expectNotFound(
      { path: '/chat/completions' },
      'model_not_found',
      'Provider "chat" was not found. The base URL for all models ends in /v1.',
    );
    await expectNotFound({ path: '/deepseek/gpt/x' }, 'model_not_found', 'Model "gpt/x" was not found.');
    for (const endpoint of ['/chat/completions', '/v1/messages', '/images/generations', '/v1beta/models/x:y']) {
      const path = `/deepseek/team/gpt${endpoint}`;
      await expectNotFound({ path }, 'model_not_found', 'Model "team/gpt" was not found.');
    }
    // As those that begin like an API, and one that could be read in two ways.
    for (const model of ['v1/gpt', 'organization/gpt', 'fine_tuning/x:20b', '50%25', 'a%20']) {
      const path = `/deepseek/${model}/v1/chat/completions`;
      await expectNotFound({ path }, 'model_not_found', `Model "${decodeURIComponent(model)}" was not found.`);
    }
    await expectNotFound({ path: '/deepseek' }, 'model_not_found', 'Model "" was not found.');
    expect(world.upstream.requests).toHaveLength(0);
  });

  test('a disabled gateway is not found', async () => {
    const { account, fixtures } = world;
    const { id, slug } = await fixtures.addGateway(account.id, 'closed-gateway');
    const { token } = await fixtures.addToken({ accountId: account.id, gatewayId: id });
    await fixtures.db.gateway.update({ where: { id }, data: { status: 'DISABLED' } });
    await fixtures.settle();
    const answer = await world.call({ slug, headers: ['authorization', `Bearer ${token}`] });
    expect(answer).toMatchObject({ status: 404, headers: { 'x-latchkey-error': 'gateway_not_found' } });
  });

  test.each([
    ['/deepseek/team/deepseek-v2/chat', 'team/deepseek-v2'],
    ['/deepseek/team/deepseek/chat', 'team/deepseek'],
  ])('%s calls %s: the longest model wins, at segment boundaries', async (path, model) => {
    expect((await world.call({ path, ...json({ model }) })).status).toBe(200);
    expect(world.upstream.requests[0]?.url).toBe('/base/chat');
    const other = await world.call({ path, ...json({ model: 'deepseek-chat' }) });
    expect(other).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'model_mismatch' } });
    expect(world.upstream.requests).toHaveLength(1);
  });

  test.each([
    ['another model', '{"model":"deepseek-reasoner"}', 'model_mismatch'],
    ['no text as model', '{"model":["deepseek-chat"]}', 'model_mismatch'],
    ['two models', '{"model":"deepseek-chat","model":"deepseek-reasoner"}', 'invalid_request'],
    ['a model hidden in another case', '{"model":"deepseek-chat","Model":"deepseek-reasoner"}', 'invalid_request'],
    ['no valid JSON', '{"model":"deepseek-chat",}', 'invalid_request'],
  ])('a body with %s is refused before the provider hears of it', async (_name, body, code) => {
    expect(await world.call(json(body))).toMatchObject({ status: 400, headers: { 'x-latchkey-error': code } });
    // What a body is, does not depend on what it is called.
    const headers = [...world.bearer, 'content-type', 'text/plain'];
    expect(await world.call({ headers, body })).toMatchObject({ status: 400, headers: { 'x-latchkey-error': code } });
    expect(world.upstream.requests).toHaveLength(0);
  });

  test('a compressed JSON body, whose model nobody can see, is refused', async () => {
    const { headers, body } = json({ model: 'deepseek-chat' });
    const answer = await world.call({ headers: [...headers, 'content-encoding', 'gzip'], body });
    expect(answer).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'invalid_request' } });
    expect(world.upstream.requests).toHaveLength(0);
  });

  test.each(['{"messages":[{"model":"x"}]}', ' [1, 2] ', '{"a": "\\u0000é", "b" : 1e400}', '""'])(
    'the JSON %s names no model and goes on byte for byte',
    async (body) => {
      expect((await world.call(json(body))).status).toBe(200);
      expect((await world.upstream.requests[0]?.body)?.toString()).toBe(body);
    },
  );

  test('X-Forwarded-Host and Forwarded from a client change nothing', async () => {
    const other = 'user-1-other.ai-gateway.localhost';
    const headers = [...world.bearer, 'x-forwarded-host', other, 'forwarded', `host=${other}`, 'x-original-url', '/x'];
    expect((await world.call({ headers })).status).toBe(200);
    expect((await world.call({ headers, byHost: true })).status).toBe(200);
    expect(world.upstream.receivedText()).not.toContain(other);
  });

  test.each(['/deepseek/deepseek-chat/../../x', '/deepseek/deepseek-chat/%2e%2e/x', '/deepseek/deepseek-chat/..'])(
    "%s does not leave the provider's base path",
    async (path) => {
      const answer = await world.call({ path });
      // Next resolves the dots before our code sees them, or sends the client there; what is left names no model.
      expect(transport === 'proxy' ? [400] : [404, 308]).toContain(answer.status);
      expect(world.upstream.requests).toHaveLength(0);
    },
  );

  test.each(['/deepseek/deepseek-chat/a%2fb', '/deepseek/deepseek-chat/%5c..', '/deepseek/deepseek-chat/%00'])(
    '%s gets 400',
    async (path) => {
      expect((await world.call({ path })).status).toBe(400);
      expect((await world.call({ path, byHost: true })).status).toBe(400);
      expect(world.upstream.requests).toHaveLength(0);
    },
  );

  test.each(['/', '/sign-in', '/gateways', '/_next/static/x.js', '/healthz', '/api/auth/session', '/icon.svg'])(
    "on a gateway's host there is no console page at %s",
    async (path) => {
      const answer = await world.call({ path, byHost: true, method: 'GET' });
      expect(answer.status).toBe(404);
      expect(answer.text).not.toContain('password');
    },
  );

  test('a gateway’s host is one whatever its case, port and trailing dot', async () => {
    for (const host of [`USER-${world.account.id}-Demo-Gateway.AI-Gateway.localhost`, `${hostOf(world)}.`]) {
      const answer = await sendRaw(world.server.port, raw('/deepseek/deepseek-chat/x', [host]));
      expect(answer.status).toBe(200);
    }
  });

  test('the host form’s paths are nothing on the console’s host', async () => {
    const answer = await sendRaw(
      world.server.port,
      raw('/deepseek/deepseek-chat/x', [`127.0.0.1:${world.server.port}`]),
    );
    // The console refuses a POST from elsewhere before it looks for the page.
    expect([403, 404]).toContain(answer.status);
    expect(world.upstream.requests).toHaveLength(0);
  });

  if (transport === 'proxy')
    test('two Host lines, a Host with more than a host, or none get 400', async () => {
      const good = hostOf(world);
      for (const hosts of [[good, good], [good, 'x'], ['x', good], ['gw/#@evil'], []]) {
        const answer = await sendRaw(world.server.port, raw('/deepseek/deepseek-chat/x', hosts));
        expect(answer).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'invalid_request' } });
      }
      expect(world.upstream.requests).toHaveLength(0);
    });

  if (transport === 'proxy')
    test('a target in absolute form counts only under its own Host', async () => {
      const address = `http://${hostOf(world)}/deepseek/deepseek-chat/x`;
      const own = await sendRaw(world.server.port, raw(address, [hostOf(world)]));
      expect(own.status).toBe(200);
      const other = await sendRaw(world.server.port, raw(address, ['other.test']));
      expect(other.status).toBe(400);
    });

  if (transport === 'proxy')
    test.each([
      '/deepseek/deepseek-chat\\..\\x',
      '/deepseek/deepseek-chat/x#y',
      '/deepseek/deepseek-chat/..;/x',
      '/deepseek/./deepseek-chat/x',
      '*',
      'deepseek/deepseek-chat',
    ])('the target %s gets 400', async (path) => {
      const answer = await sendRaw(world.server.port, raw(path, [hostOf(world)]));
      expect(answer.status).toBe(400);
      expect(world.upstream.requests).toHaveLength(0);
    });

  async function expectNotFound(call: Parameters<GatewayWorld['call']>[0], code: string, message: string) {
    const answer = await world.call(call);
    expect({ status: answer.status, ...JSON.parse(answer.text).error }).toMatchObject({ status: 404, code, message });
    expect(answer.headers['x-latchkey-error']).toBe(code);
  }
});

function hostOf(world: GatewayWorld): string {
  return `${world.gateway.slug}.ai-gateway.localhost`;
}
