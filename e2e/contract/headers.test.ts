import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';
import { sendRaw } from '#testing/raw-http.ts';
import { type RawUpstream, startRawUpstream } from '#testing/raw-upstream.ts';

/** Acceptance group D. */
describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  let raw: RawUpstream;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    raw = await startRawUpstream();
    const { id: gatewayId } = world.gateway;
    await world.fixtures.addProvider({ gatewayId, kind: 'openai', baseUrl: raw.origin, key: null, models: ['raw'] });
    const baseUrl = `${world.upstream.origin}/v1`;
    await world.fixtures.addProvider({ gatewayId, kind: 'anthropic', baseUrl, key: null, models: ['claude'] });
    await world.fixtures.addProvider({
      gatewayId,
      kind: 'openai-compatible',
      baseUrl: `${world.server.origin}/gateway/${world.gateway.slug}`,
      key: world.token,
      models: ['myself'],
    });
  });
  afterAll(async () => {
    await world.close();
    await raw.close();
  });
  beforeEach(() => world.upstream.reset());

  /** A POST to the gateway, with these lines after Host and the token. */
  const post = (lines: string[], path?: string) =>
    sendRaw(world.server.port, world.rawHead(['Content-Length: 0', ...lines], { path }));

  test('what concerns one connection ends there, and the request succeeds', async () => {
    const lines = ['Connection: X-S, keep-alive', 'X-S: 1', 'Keep-Alive: timeout=9', 'TE: trailers', 'Upgrade: h2c'];
    const proxyLines = ['Proxy-Authorization: Basic x', 'Proxy-Connection: keep-alive', 'Trailer: x'];
    expect((await post([...lines, ...proxyLines, 'X-Kept: 1'])).status).toBe(200);
    const [received] = world.upstream.requests;
    for (const name of ['x-s', 'keep-alive', 'te', 'upgrade', 'proxy-authorization', 'proxy-connection', 'trailer']) {
      expect(received?.header(name)).toEqual([]);
    }
    expect(received?.header('x-kept')).toEqual(['1']);
  });

  test('what says where the client is, its cookies and our host do not reach the provider', async () => {
    const lines = [
      'Cookie: session=secret',
      'Forwarded: for=9.9.9.9',
      'X-Forwarded-For: 9.9.9.9',
      'X-Real-IP: 9.9.9.9',
    ];
    expect((await post([...lines, 'X-Forwarded-Proto: gopher'])).status).toBe(200);
    const [received] = world.upstream.requests;
    const names =
      received?.rawHeaders.filter((_value, index) => index % 2 === 0).map((name) => name.toLowerCase()) ?? [];
    expect(
      names.filter((name) => /^(cookie|forwarded|x-forwarded|x-real|x-middleware|x-nextjs|x-invoke)/.test(name)),
    ).toEqual([]);
    expect(received?.header('host')).toEqual([`127.0.0.1:${world.upstream.port}`]);
    expect(world.upstream.receivedText()).not.toContain('9.9.9.9');
  });

  test.each([
    [
      'client addresses under any name',
      ['CF-Connecting-IP', 'CF-IPCountry', 'True-Client-IP', 'X-Client-IP', 'Fastly-Client-IP', 'Fly-Client-IP'].concat(
        ['X-Azure-ClientIP', 'X-Envoy-External-Address', 'X-Vercel-IP-City', 'X-Cluster-Client-IP', 'EO-Connecting-IP'],
      ),
    ],
    [
      "people's identities and access tokens",
      [
        'CF-Access-Jwt-Assertion',
        'X-Amzn-Oidc-Accesstoken',
        'X-Goog-IAP-JWT-Assertion',
        'X-MS-TOKEN-AAD-ID-TOKEN',
      ].concat(
        [
          'X-MS-CLIENT-PRINCIPAL-NAME',
          'X-Auth-Request-Access-Token',
          'Remote-User',
          'X-Authentik-Jwt',
          'X-Amzn-Mtls-Clientcert',
        ],
        [
          'Client-Cert',
          'SSL_CLIENT_CERT',
          'Tailscale-User-Login',
          'X-Pomerium-Jwt-Assertion',
          'Teleport-Jwt-Assertion',
        ],
      ),
    ],
    [
      'what a browser says of its page',
      ['Referer', 'Origin', 'Sec-Fetch-Site', 'Sec-CH-UA', 'Access-Control-Request-Method'],
    ],
    ['another address or method', ['X-Original-URL', 'X-Rewrite-URL', 'X-HTTP-Method-Override']],
  ])('%s go no further, neither as headers nor as trailers', async (_name, names) => {
    expect((await post([...names.map((name) => `${name}: planted`), 'CF-AIG-Metadata: kept'])).status).toBe(200);
    expect(world.upstream.receivedText()).not.toContain('planted');
    expect(world.upstream.requests[0]?.header('cf-aig-metadata')).toEqual(['kept']);
    const trailers = names.map((name) => `${name}: planted\r\n`).join('');
    const head = world.rawHead([
      'Content-Type: audio/mpeg',
      'Transfer-Encoding: chunked',
      `Trailer: ${names.join(', ')}`,
    ]);
    expect((await sendRaw(world.server.port, `${head}2\r\n{}\r\n0\r\n${trailers}\r\n`)).status).toBe(200);
    expect((await world.upstream.requests[1]?.body)?.toString()).toBe('{}');
    expect(world.upstream.receivedText()).not.toContain('planted');
  });

  test('with a stored key, what names another account at the provider goes no further; without, it is the client’s', async () => {
    const lines = ['OpenAI-Organization: org-own', 'OpenAI-Project: proj-own', 'X-Goog-User-Project: own'];
    await post(lines);
    expect(world.upstream.receivedText()).not.toContain('own');
    expect((await post(lines, '/anthropic/claude/v1/messages')).status).toBe(200);
    const [, received] = world.upstream.requests;
    expect(received?.header('openai-organization')).toEqual(['org-own']);
    expect(received?.header('openai-project')).toEqual(['proj-own']);
    expect(received?.header('x-goog-user-project')).toEqual(['own']);
  });

  test("Via is added both ways, and the provider's credential is the stored one", async () => {
    const answer = await post(['Via: 1.0 earlier']);
    const [received] = world.upstream.requests;
    expect(received?.header('via').join(', ')).toMatch(/^1\.0 earlier, 1\.1 latchkey-[0-9a-f]{12}$/);
    expect(answer.headers.via).toMatch(/^1\.1 latchkey-[0-9a-f]{12}$/);
    expect(received?.header('authorization')).toEqual([`Bearer ${STORED_KEY}`]);
  });

  test('unknown headers, repeated values and odd query bytes arrive as they were sent', async () => {
    // Next parses the query and writes it anew.
    const query = transport === 'proxy' ? '?a=%zz&b;c&a=1&A=%2F..%2f&=&&q=%F0%9F' : '?b=1&b=2&a=%2F..';
    await post(['X-Odd: a', 'x-odd: b, c', 'X-Latin: caf\u00e9'], `/deepseek/deepseek-chat/chat${query}`);
    const [received] = world.upstream.requests;
    expect(received?.url).toBe(`/base/chat${query}`);
    expect(received?.header('x-odd').join(', ')).toBe('a, b, c');
    expect(received?.header('x-latin')).toEqual(['caf\u00e9']);
  });

  test('status 529, unknown headers and repeated values come back as the provider sent them', async () => {
    raw.answerWith(
      'HTTP/1.1 529 Site Overloaded\r\nX-Up: a\r\nX-up: b\r\nSet-Cookie: a=1\r\n' +
        'Retry-After: 7\r\nContent-Length: 4\r\n\r\nbusy',
    );
    const answer = await post([], '/openai/raw/chat');
    expect(answer).toMatchObject({ status: 529, body: 'busy' });
    expect(answer.headers).toMatchObject({ 'x-up': 'a, b', 'retry-after': '7' });
    // In path form it would be a cookie of the console's.
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  // Whatever stays in a browser for an origin would stay for the console's.
  const FOR_AN_ORIGIN = [
    'Set-Cookie: a=1',
    'Set-Login: logged-out',
    'Secure-Session-Registration: (ES256); path="/start"',
    'Strict-Transport-Security: max-age=31536000; includeSubDomains',
    'Alt-Svc: h3="evil.example:443"',
    'Clear-Site-Data: "*"',
    'Service-Worker-Allowed: /',
    'NEL: {"report_to":"x","max_age":9}',
    'Report-To: {"group":"x","max_age":9,"endpoints":[{"url":"https://evil.example"}]}',
    'Reporting-Endpoints: x="https://evil.example"',
    'Accept-CH: Sec-CH-UA-Model',
    'Critical-CH: Sec-CH-UA-Model',
    'Use-As-Dictionary: match="/*"',
    'Origin-Agent-Cluster: ?1',
    'Speculation-Rules: "/rules.json"',
    'Public-Key-Pins: max-age=9',
  ];
  test.each(FOR_AN_ORIGIN)('%s of a provider ends here, in any case', async (line) => {
    const [name = ''] = line.split(':');
    const lines = [line, line.replace(name, name.toUpperCase()), 'X-Kept: 1', 'Content-Length: 2'];
    raw.answerWith(`HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\n\r\n{}`);
    const { headers } = await post([], '/openai/raw/chat');
    expect(headers['x-kept']).toBe('1');
    expect(headers[name.toLowerCase()]).toBeUndefined();
  });

  test('a head of more lines than anybody sends is refused, from either side', async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, index) => `X${index}: 1`);
    expect((await post(lines(200))).status).toBe(200);
    expect(await post(lines(300))).toMatchObject({
      status: 431,
      headers: { 'x-latchkey-error': 'headers_too_large' },
    });
    expect(world.upstream.requests).toHaveLength(1);
    for (const [count, status] of [
      [200, 200],
      [10_000, 502],
    ] as const) {
      raw.answerWith(`HTTP/1.1 200 OK\r\n${'A:\r\n'.repeat(count)}Content-Length: 2\r\n\r\n{}`);
      expect((await post([], '/openai/raw/chat')).status).toBe(status);
    }
  });

  test('thousands of names in `Connection` end here, and no other', async () => {
    const names = Array.from({ length: 1_500 }, (_, index) => `x${index}`);
    await post([`Connection: ${names.join(',')}`, 'X7: 1', 'X1499: 1', 'X1500: 1']);
    const [received] = world.upstream.requests;
    expect(received?.header('x7')).toEqual([]);
    expect(received?.header('x1499')).toEqual([]);
    expect(received?.header('x1500')).toEqual(['1']);
  });

  test("what concerns the provider's connection does not come back", async () => {
    raw.answerWith(
      'HTTP/1.1 200 OK\r\nConnection: X-S\r\nX-S: 1\r\nKeep-Alive: timeout=99\r\nProxy-Authenticate: Basic\r\n' +
        'Trailer: X-T\r\nUpgrade: h2c\r\nX-Latchkey-Error: invalid_request\r\nX-Kept: 1\r\nContent-Length: 2\r\n\r\n{}',
    );
    const answer = await post([], '/openai/raw/chat');
    expect(answer.headers['x-kept']).toBe('1');
    for (const name of ['x-s', 'proxy-authenticate', 'trailer', 'upgrade', 'x-latchkey-error']) {
      expect(answer.headers[name]).toBeUndefined();
    }
    expect(answer.headers['keep-alive'] ?? '').not.toContain('99');
  });

  test.each([
    ['NUL', 'X-Bad: a\0b'],
    ['a bare CR', 'X-Bad: a\rb'],
    ['a bare LF', 'X-Bad: a\nb'],
    ['a space before the colon', 'X-Bad : a'],
    ['two lengths', 'Content-Length: 3'],
  ])('a header with %s from the provider gets 502', async (_name, line) => {
    raw.answerWith(`HTTP/1.1 200 OK\r\n${line}\r\nContent-Length: 2\r\n\r\n{}`);
    const answer = await post([], '/openai/raw/chat');
    expect(answer).toMatchObject({ status: 502, headers: { 'x-latchkey-error': 'upstream_unreachable' } });
  });

  test.each(['gzip, chunked', 'gzip', 'chunked, identity'])(
    'a body under the transfer coding %s, which cannot be undone, gets 502',
    async (coding) => {
      raw.answerWith(`HTTP/1.1 200 OK\r\nTransfer-Encoding: ${coding}\r\n\r\n2\r\n{}\r\n0\r\n\r\n`);
      const answer = await post([], '/openai/raw/chat');
      expect(answer).toMatchObject({ status: 502, headers: { 'x-latchkey-error': 'upstream_unreachable' } });
    },
  );

  test('a gateway whose provider is the gateway itself answers at once, and calls itself once', async () => {
    const answer = await post([], '/openai-compatible/myself/openai-compatible/myself/x');
    expect(answer.status).toBe(508);
    expect(answer.body).toContain('loop_detected');
  });

  // fetch's Response cannot carry it.
  if (transport === 'proxy')
    test('an informational response is passed on before the answer', async () => {
      raw.answerWith(
        'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}',
      );
      const answer = await post([], '/openai/raw/chat');
      expect(answer).toMatchObject({ status: 103, headers: { link: '</a>; rel=preload' } });
    });

  // Next's headers are one map, lower-cased and joined.
  if (transport === 'proxy')
    test('case, order and lines of headers are kept both ways', async () => {
      await post(['X-B: 1', 'x-A: 2', 'X-B: 3']);
      const sent = world.upstream.requests[0]?.rawHeaders.join('|');
      expect(sent).toContain('X-B|1|x-A|2|X-B|3');
    });
});
