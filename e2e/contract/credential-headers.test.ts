import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';
import { RawConnection, sendRaw } from '#testing/raw-http.ts';

/** Acceptance group B. */
describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    await world.fixtures.addProvider({
      gatewayId: world.gateway.id,
      kind: 'anthropic',
      baseUrl: `${world.upstream.origin}/v1`,
      key: null,
      models: ['claude'],
    });
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  test.each([
    ['no header', []],
    ['Basic', ['authorization', 'Basic dTpw']],
  ])('%s gets 401 missing_authentication_token and a challenge without error', async (_name, headers) => {
    const answer = await world.call({ headers });
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text).error).toMatchObject({
      code: 'missing_authentication_token',
      message: 'Invalid authentication token.',
    });
    expect(answer.headers['www-authenticate']).toBe(`Bearer realm="${world.gateway.slug}"`);
    expect(world.upstream.requests).toHaveLength(0);
  });

  test.each(['Bearer', 'Bearer ', 'Bearer a b'])('%j gets 401 invalid_authentication_token', async (value) => {
    const answer = await world.call({ headers: ['authorization', value] });
    expect(answer).toMatchObject({ status: 401, headers: { 'x-latchkey-error': 'invalid_authentication_token' } });
    expect(world.upstream.requests).toHaveLength(0);
  });

  test.each(['bearer', 'BEARER', 'Bearer'])('the scheme %s is taken', async (scheme) => {
    expect((await world.call({ headers: ['authorization', `${scheme} ${world.token}`] })).status).toBe(200);
  });

  test.each([
    ['cf-aig-authorization', 'Bearer '],
    ['x-api-key', ''],
    ['x-goog-api-key', ''],
    ['api-key', ''],
  ])('%s alone carries the token, and does not reach the provider', async (name, prefix) => {
    expect((await world.call({ headers: [name, prefix + world.token] })).status).toBe(200);
    expect(world.upstream.requests[0]?.header(name)).toEqual([]);
    expect(world.upstream.requests[0]?.header('authorization')).toEqual([`Bearer ${STORED_KEY}`]);
    expect(world.upstream.receivedText()).not.toContain(world.token);
  });

  test.each([
    ['an empty Bearer', 'authorization', 'Bearer'],
    ['what an application makes of no key', 'authorization', 'Bearer undefined'],
    ['the key of a provider', 'authorization', 'Bearer sk-own'],
    ['a token with a wrong checksum', 'authorization', `Bearer lk_${'0'.repeat(49)}`],
    ['another scheme', 'authorization', 'Basic dTpw'],
    ['nothing', 'cf-aig-authorization', 'Bearer '],
    ['the key of a provider', 'cf-aig-authorization', 'Bearer sk-own'],
    ['the key of a provider', 'x-api-key', 'sk-own'],
    ['nothing', 'x-goog-api-key', ''],
  ])('%s in %s does not hide a good token, and does not reach the provider', async (_name, name, value) => {
    const others = ['cf-aig-authorization', 'authorization', 'x-api-key', 'x-goog-api-key', 'api-key'];
    for (const carrier of others.filter((other) => other !== name)) {
      const good = carrier.endsWith('authorization') ? `Bearer ${world.token}` : world.token;
      world.upstream.reset();
      expect([carrier, (await world.call({ headers: [name, value, carrier, good] })).status]).toEqual([carrier, 200]);
      expect(world.upstream.requests[0]?.header('authorization')).toEqual([`Bearer ${STORED_KEY}`]);
      expect(world.upstream.requests[0]?.header(name).filter((sent) => sent === value)).toEqual([]);
      expect(world.upstream.receivedText()).not.toContain(world.token);
    }
  });

  test('of two tokens the one in cf-aig-authorization counts, and neither reaches a provider without stored key', async () => {
    const { fixtures, account, gateway, upstream } = world;
    const disabled = await fixtures.addToken({ accountId: account.id, gatewayId: gateway.id, status: 'DISABLED' });
    const path = '/anthropic/claude/v1/messages';
    const both = (first: string, second: string) =>
      world.call({ path, headers: ['authorization', `Bearer ${second}`, 'cf-aig-authorization', `Bearer ${first}`] });
    expect((await both(world.token, disabled.token)).status).toBe(200);
    expect(upstream.receivedText()).not.toContain(disabled.token);
    expect(upstream.receivedText()).not.toContain(world.token);
    expect(await both(disabled.token, world.token)).toMatchObject({ status: 401 });
  });

  test('a token in another form goes on as little as the token itself', async () => {
    const { token, upstream } = world;
    const basic = `Basic ${btoa(`user:${token}`)}`;
    const headers = [
      'x-api-key',
      token,
      'authorization',
      basic,
      'x-note',
      token.toLowerCase(),
      'x-odd',
      `%6c${token.slice(1)}`,
    ];
    expect((await world.call({ path: '/anthropic/claude/v1/messages', headers })).status).toBe(200);
    expect(upstream.requests[0]?.header('authorization')).toEqual([]);
    expect(upstream.receivedText().toLowerCase()).not.toContain(token.slice(-40).toLowerCase());
  });

  test('a token in the place of a gateway or of a model is not repeated', async () => {
    const { token } = world;
    for (const form of [token, token.toLowerCase(), token.replace('_', '%5F')]) {
      const answers = [
        await world.call({ slug: form, headers: [] }),
        await world.call({ slug: form }),
        await world.call({ path: `/deepseek/${form}/chat` }),
        await world.call({ path: `/${form}/x` }),
      ];
      for (const { status, headers, text } of answers) {
        expect([400, 404]).toContain(status);
        expect((JSON.stringify(headers) + text).toLowerCase()).not.toContain(token.slice(-40).toLowerCase());
      }
    }
  });

  test("beside cf-aig-authorization, the client's Authorization reaches a provider without stored key", async () => {
    const headers = ['cf-aig-authorization', `Bearer ${world.token}`, 'authorization', 'Bearer sk-own'];
    const path = '/anthropic/claude/v1/messages';
    expect((await world.call({ path, headers })).status).toBe(200);
    expect(world.upstream.requests[0]?.header('authorization')).toEqual(['Bearer sk-own']);
    expect(world.upstream.requests[0]?.header('cf-aig-authorization')).toEqual([]);
  });

  test("with a stored key none of the client's own keys reaches the provider", async () => {
    const own = [
      'authorization',
      'Bearer sk-own',
      'x-api-key',
      'sk-own',
      'x-goog-api-key',
      'sk-own',
      'api-key',
      'sk-own',
    ];
    expect((await world.call({ headers: ['cf-aig-authorization', `Bearer ${world.token}`, ...own] })).status).toBe(200);
    expect(world.upstream.receivedText()).not.toContain('sk-own');
    expect(world.upstream.requests[0]?.header('authorization')).toEqual([`Bearer ${STORED_KEY}`]);
  });

  test("without a stored key the client's own key goes on in its header, the token's header does not", async () => {
    const headers = [...world.bearer, 'x-api-key', 'sk-ant-own'];
    expect((await world.call({ path: '/anthropic/claude/v1/messages', headers })).status).toBe(200);
    expect(world.upstream.requests[0]?.header('x-api-key')).toEqual(['sk-ant-own']);
    expect(world.upstream.receivedText()).not.toContain(world.token);
  });

  test('a token only in the query, a cookie or the body is none', async () => {
    const path = `/deepseek/deepseek-chat/chat/completions?key=${world.token}`;
    expect((await world.call({ path, headers: [] })).status).toBe(401);
    expect((await world.call({ headers: ['cookie', `token=${world.token}`] })).status).toBe(401);
    const body = JSON.stringify({ authorization: `Bearer ${world.token}` });
    expect((await world.call({ headers: ['content-type', 'application/json'], body })).status).toBe(401);
    expect(world.upstream.requests).toHaveLength(0);
  });

  test('a token only in a trailer is none', async () => {
    const head = world.rawHead(['Transfer-Encoding: chunked', 'Trailer: Authorization'], { token: false });
    const answer = await sendRaw(world.server.port, `${head}0\r\nAuthorization: Bearer ${world.token}\r\n\r\n`);
    expect(answer.status).toBe(401);
    expect(world.upstream.requests).toHaveLength(0);
  });

  test('a good token in a header and one in the query are refused, so that it ends up in nobody’s log', async () => {
    const answer = await world.call({ path: `/deepseek/deepseek-chat/chat?key=${world.token}` });
    expect(answer).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'invalid_request' } });
    expect(answer.text).not.toContain(world.token);
    expect(world.upstream.requests).toHaveLength(0);
  });

  // Next's server keeps only the first of two lines, before any of our code.
  if (transport === 'proxy')
    test.each(['Authorization', 'cf-aig-authorization', 'x-api-key', 'x-goog-api-key', 'api-key'])(
      'two lines of %s get 400, whichever holds the good token',
      async (name) => {
        const [good, bad] = [`${name}: Bearer ${world.token}`, `${name}: Bearer x`];
        for (const lines of [
          [good, good],
          [good, bad],
          [bad, good],
        ]) {
          const answer = await sendRaw(world.server.port, world.rawHead(lines, { token: false }));
          expect(answer).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'invalid_request' } });
        }
        expect(world.upstream.requests).toHaveLength(0);
      },
    );

  test('an 8 KiB token gets 401', async () => {
    const answer = await world.call({ headers: ['authorization', `Bearer ${'x'.repeat(8192)}`] });
    expect(answer).toMatchObject({ status: 401, headers: { 'x-latchkey-error': 'invalid_authentication_token' } });
  });

  test('the token of one request on a connection does not serve the next', async () => {
    const connection = await RawConnection.open(world.server.port);
    connection.write(world.rawHead(['Content-Length: 0']));
    expect((await connection.readResponse()).status).toBe(200);
    connection.write(world.rawHead(['Content-Length: 0'], { token: false }));
    expect((await connection.readResponse()).status).toBe(401);
    connection.socket.destroy();
  });
});
