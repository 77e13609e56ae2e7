import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { configureGateway } from '#lib/gateways/configure-gateway.ts';
import { generateToken } from '#lib/tokens/secret.ts';
import { type Call, type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';

const APP = 'https://app.example.com';
const STRANGER = 'https://stranger.example';

type Headers = Record<string, string | string[] | undefined>;

/** The names of a list in a header, in lower case. */
const listIn = (value: Headers[string]) =>
  String(value ?? '')
    .toLowerCase()
    .split(/, */);

const corsHeadersOf = (headers: Headers) => Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.upstream.reset();
    await allow(APP);
  });

  /** As the form does it: what follows happens when every proxy knows. */
  async function allow(...corsOrigins: string[]) {
    const session = {
      userId: crypto.randomUUID(),
      accountId: world.account.id,
      email: 'a@b.example',
      sessionVersion: 1,
    };
    const gateway = { where: { id: world.gateway.id }, select: { corsOrigins: true } };
    const { corsOrigins: originsRemoved } = await world.fixtures.db.gateway.findUniqueOrThrow(gateway);
    const change = { gatewayId: world.gateway.id, originsAdded: corsOrigins, originsRemoved };
    await configureGateway(world.fixtures.db, session, change);
  }

  const preflight = (origin: string, options: Call & { asked?: string } = {}) =>
    world.call({
      method: 'OPTIONS',
      headers: [
        ...['origin', origin, 'access-control-request-method', 'POST'],
        ...['access-control-request-headers', options.asked ?? 'authorization,content-type,x-stainless-os'],
      ],
      ...options,
    });

  test.each([
    ['a model', '/deepseek/deepseek-chat/chat/completions'],
    ['the one base URL', '/v1/chat/completions'],
    ['what is not there', '/nowhere'],
  ])('a preflight of a listed origin for %s is answered here, without a token', async (_what, path) => {
    const { status, headers, text } = await preflight(APP, { path });
    expect([status, text]).toEqual([204, '']);
    expect(headers['access-control-allow-origin']).toBe(APP);
    expect(listIn(headers['access-control-allow-methods'])).toEqual(expect.arrayContaining(['post', 'get', 'delete']));
    expect(listIn(headers['access-control-allow-headers'])).toEqual([
      'authorization',
      'content-type',
      'x-stainless-os',
    ]);
    expect(Number(headers['access-control-max-age'])).toBeGreaterThan(0);
    expect(listIn(headers.vary)).toEqual(
      expect.arrayContaining(['origin', 'access-control-request-method', 'access-control-request-headers']),
    );
    expect(world.upstream.requests).toEqual([]);
  });

  // The route of Next is reached by path only.
  test.runIf(transport === 'proxy')('also at the host of the gateway', async () => {
    expect(await preflight(APP, { byHost: true })).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-origin': APP },
    });
  });

  test.each<[string, () => ReturnType<typeof preflight>]>([
    ['of an origin that is not listed', () => preflight(STRANGER)],
    ['of a name below a listed one', () => preflight('https://x.app.example.com')],
    ['of a listed name by http', () => preflight('http://app.example.com')],
    ['of what has no origin', () => preflight('null')],
    ['at a gateway that is not there', () => preflight(APP, { slug: 'user-1-nothing' })],
  ])('a preflight %s is refused as any request without a token', async (_whose, ask) => {
    const { status, headers } = await ask();
    expect([status, headers['x-latchkey-error']]).toEqual([401, 'missing_authentication_token']);
    expect(corsHeadersOf(headers)).toEqual([]);
  });

  test('OPTIONS that is no preflight goes the way of all requests', async () => {
    const headers = ['origin', APP];
    expect(await world.call({ method: 'OPTIONS', headers })).toMatchObject({ status: 401 });
    const answered = await world.call({ method: 'OPTIONS', headers: [...headers, ...world.bearer] });
    expect(answered).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': APP } });
    expect(world.upstream.requests).toMatchObject([{ method: 'OPTIONS' }]);
  });

  test("a provider's answer may be read by the page, under the gateway's rules and not the provider's", async () => {
    world.upstream.answerWith((response) => {
      response.writeHead(429, {
        'access-control-allow-origin': 'https://api.provider.example',
        'access-control-allow-credentials': 'true',
        'access-control-allow-private-network': 'true',
        'access-control-expose-headers': 'openai-organization',
        vary: 'Accept-Language',
        'x-request-id': 'req_1',
      });
      response.end('slow down');
    });
    const { status, headers, text } = await world.call({ headers: ['origin', APP, ...world.bearer] });
    expect([status, text, headers['x-request-id']]).toEqual([429, 'slow down', 'req_1']);
    expect(corsHeadersOf(headers).sort()).toEqual(['access-control-allow-origin', 'access-control-expose-headers']);
    expect(headers['access-control-allow-origin']).toBe(APP);
    const exposed = listIn(headers['access-control-expose-headers']);
    expect(exposed).not.toContain('openai-organization');
    expect(exposed).toEqual(
      expect.arrayContaining([
        'x-latchkey-request-id',
        'x-latchkey-error',
        'retry-after',
        'x-request-id',
        'request-id',
      ]),
    );
    const varies = listIn(headers.vary);
    expect(varies).toEqual(expect.arrayContaining(['accept-language', 'origin']));
  });

  test("to others no answer says anything of pages, a provider's rules included", async () => {
    world.upstream.answerWith((response) => {
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
    });
    for (const headers of [world.bearer, ['origin', STRANGER, ...world.bearer]]) {
      const answer = await world.call({ headers });
      expect(answer.status).toBe(200);
      expect(corsHeadersOf(answer.headers)).toEqual([]);
    }
  });

  test.each<[number, () => Call]>([
    [401, () => ({ headers: [] })],
    [401, () => ({ headers: ['authorization', `Bearer ${generateToken()}`] })],
    [400, () => ({ path: `/deepseek/deepseek-chat/chat?key=${world.token}`, headers: world.bearer })],
    [404, () => ({ path: '/deepseek/nothing/chat/completions', headers: world.bearer })],
    [
      400,
      () => ({
        headers: ['content-type', 'application/json', ...world.bearer],
        body: '{"model":"another"}',
      }),
    ],
  ])('why a call was refused (%i, %#) may be read by the page', async (status, call) => {
    const asked = call();
    const answer = await world.call({ ...asked, headers: ['origin', APP, ...(asked.headers ?? [])] });
    expect(answer.status).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBe(APP);
    expect(listIn(answer.headers.vary)).toContain('origin');
    expect(listIn(answer.headers['access-control-expose-headers'])).toContain('x-latchkey-error');
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  });

  test('* lets every page read, and is told as such', async () => {
    await allow('*');
    expect(await preflight(STRANGER)).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': '*' } });
    const answer = await world.call({ headers: ['origin', 'null', ...world.bearer] });
    expect(answer).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': '*' } });
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  });

  test('an origin that comes or goes counts when the console says so', async () => {
    for (const origin of [STRANGER, APP, STRANGER, APP]) {
      await allow(origin);
      const other = origin === APP ? STRANGER : APP;
      expect((await preflight(origin)).status).toBe(204);
      expect((await preflight(other)).status).toBe(401);
      const answer = await world.call({ headers: ['origin', other, ...world.bearer] });
      expect(corsHeadersOf(answer.headers)).toEqual([]);
    }
    await allow();
    expect((await preflight(APP)).status).toBe(401);
  });

  test('a disabled gateway answers no preflight', async () => {
    const { id } = world.gateway;
    await world.fixtures.db.gateway.update({ where: { id }, data: { status: 'DISABLED' } });
    await world.fixtures.settle();
    expect((await preflight(APP)).status).toBe(401);
    await world.fixtures.db.gateway.update({ where: { id }, data: { status: 'ACTIVE' } });
    await world.fixtures.settle();
  });
});
