import { GoogleGenAI } from '@google/genai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';
import { serveGoogleUploads, UPLOAD_QUERY } from '#testing/google-uploads.ts';

/** The second step of an upload goes to an address that the first was answered with. */
describe.each(TRANSPORTS)("through %s, Google's uploads", (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    await world.fixtures.addProvider({
      gatewayId: world.gateway.id,
      kind: 'gemini',
      baseUrl: `${world.upstream.origin}/google`,
      key: STORED_KEY,
      models: ['gemini-flash'],
    });
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  const START = ['x-goog-upload-protocol', 'resumable', 'x-goog-upload-command', 'start'];
  const FINISH = ['x-goog-upload-command', 'upload, finalize', 'x-goog-upload-offset', '0'];
  const NO_JSON = '{"a":1}\n{"model":"gemini-pro","model":"x"}\n';

  const start = (path = '/gemini/upload/v1beta/files', options: { headers?: string[]; byHost?: boolean } = {}) => {
    const { headers = ['x-goog-api-key', world.token], byHost } = options;
    const type = ['content-type', 'application/json'];
    return world.call({ path, byHost, headers: [...headers, ...type, ...START], body: '{"file":{"displayName":"f"}}' });
  };

  /** @param address as the gateway answered it. */
  async function finish(address: string, headers: string[] = []) {
    const { pathname, search } = new URL(address);
    const path = pathname.slice(`/gateway/${world.gateway.slug}`.length) + search;
    return world.call({ path, headers: [...FINISH, ...headers], body: NO_JSON });
  }

  test.each(['/gemini/upload/v1beta/files', '/gemini/gemini-flash/upload/v1beta/files', '/upload/v1/files'])(
    'at %s an upload leads back to the gateway, where the file is taken with the token or without it',
    async (path) => {
      const google = serveGoogleUploads(world.upstream, '/google');
      // See `docs/decisions/next-route.md`.
      const query = transport === 'next' ? UPLOAD_QUERY.replace('~', '%7E') : UPLOAD_QUERY;
      const address = String((await start(path)).headers['x-goog-upload-url']);
      const expected = `${world.server.origin}/gateway/${world.gateway.slug}${path}${UPLOAD_QUERY}&latchkey-ticket=`;
      expect(address.slice(0, expected.length)).toBe(expected);
      expect(address).not.toContain(world.token);
      const type = ['content-type', 'application/json'];
      for (const headers of [[], type, ['x-goog-api-key', world.token], ['x-goog-api-key', 'AIza-own']]) {
        expect((await finish(address, headers)).status).toBe(200);
        const received = world.upstream.requests.at(-1);
        expect(received?.url).toBe(`/google${path.slice(path.indexOf('/upload'))}${query}`);
        expect(received?.header('x-goog-api-key')).toEqual([STORED_KEY]);
      }
      expect(google.file().toString()).toBe(NO_JSON.repeat(4));
      expect(world.upstream.receivedText()).not.toContain('latchkey-ticket');
    },
  );

  test('in the form with a host of its own it leads back to that host', async () => {
    serveGoogleUploads(world.upstream, '/google');
    const { headers } = await start(undefined, { byHost: true });
    const host = `${world.gateway.slug}.ai-gateway.localhost:${world.server.port}`;
    expect(headers['x-goog-upload-url']).toMatch(`http://${host}/gemini/upload/v1beta/files?upload_id=`);
  });

  test('by its own host a file arrives whole that is larger than what Next reads of bodies', async () => {
    const google = serveGoogleUploads(world.upstream, '/google');
    const body = Buffer.alloc(12 * 1024 * 1024, 'x');
    const headers = ['x-goog-api-key', world.token, ...FINISH];
    for (const path of ['/upload/v1beta/files', '/gemini/upload/v1beta/files']) {
      expect((await world.call({ path, headers, body, byHost: true })).status).toBe(200);
    }
    expect(google.file()).toHaveLength(2 * body.length);
  });

  test('an address elsewhere does not reach the client, who would send its token there', async () => {
    for (const address of [
      'https://evil.example/upload/v1beta/files?upload_id=1',
      `${world.upstream.origin}/elsewhere`,
    ]) {
      world.upstream.answerWith((response, request) => {
        request
          .resume()
          .on('end', () => response.writeHead(200, { 'X-Goog-Upload-URL': address, 'x-other': '1' }).end());
      });
      const { headers } = await start();
      expect([headers['x-goog-upload-url'], headers['x-other']]).toEqual([undefined, '1']);
    }
  });

  test('a ticket is good for its own address and nothing else', async () => {
    serveGoogleUploads(world.upstream, '/google');
    const address = String((await start()).headers['x-goog-upload-url']);
    world.upstream.reset();
    for (const other of [
      address.replace('upload_id=A', 'upload_id=B'),
      address.replace('/upload/v1beta/files', '/v1beta/files'),
      address.replace('/gemini/upload', '/gemini/gemini-flash/upload'),
      address.replace(/ticket=.{5}/, 'ticket=AAAAA'),
      address.replace(/&latchkey-ticket=.*/, ''),
    ]) {
      expect([other, (await finish(other)).status]).toEqual([other, 401]);
    }
    expect(world.upstream.requests).toEqual([]);
  });

  test('a ticket ends with its token', async () => {
    serveGoogleUploads(world.upstream, '/google');
    const { account, gateway, fixtures } = world;
    const { id, token } = await fixtures.addToken({ accountId: account.id, gatewayId: gateway.id });
    const address = String(
      (await start(undefined, { headers: ['x-goog-api-key', token] })).headers['x-goog-upload-url'],
    );
    expect((await finish(address)).status).toBe(200);
    await fixtures.db.authenticationToken.update({ where: { id }, data: { status: 'DISABLED' } });
    await fixtures.settle();
    expect((await finish(address)).status).toBe(401);
  });

  describe.each(['/gemini', '/gemini/gemini-flash', ''])("Google's own SDK with its base URL at %j", (prefix) => {
    const client = (apiVersion?: string) => {
      const baseUrl = `${world.server.origin}/gateway/${world.gateway.slug}${prefix}`;
      return new GoogleGenAI({ apiKey: world.token, apiVersion, httpOptions: { baseUrl } });
    };

    test.each([undefined, 'v1beta'])('uploads a file of several pieces, version %s', async (version) => {
      const google = serveGoogleUploads(world.upstream, '/google');
      const bytes = Buffer.alloc(9 * 1024 * 1024, '{"x":');
      const file = await client(version).files.upload({
        file: new Blob([bytes]),
        config: { mimeType: 'application/json' },
      });
      expect(file.name).toBe('files/f');
      expect(google.file().equals(bytes)).toBe(true);
      expect(world.upstream.requests.map(({ header }) => header('x-goog-api-key'))).toEqual(
        Array.from({ length: 3 }, () => [STORED_KEY]),
      );
    });

    test('makes a cache and an interaction', async () => {
      serveGoogleUploads(world.upstream, '/google');
      const cache = await client('v1beta').caches.create({ model: 'gemini-flash', config: { contents: 'x' } });
      expect(cache.name).toBe('cachedContents/c');
      await client('v1beta').interactions.create({ model: 'gemini-flash', input: 'Hello' });
      expect(world.upstream.requests.map(({ url }) => url)).toEqual([
        '/google/v1beta/cachedContents',
        '/google/v1beta/interactions',
      ]);
      expect(JSON.parse(String(await world.upstream.requests[0]?.body))).toMatchObject({
        model: 'models/gemini-flash',
      });
    });

    test('lists the models and gets one', async () => {
      const names: (string | undefined)[] = [];
      for await (const { name } of await client('v1beta').models.list()) names.push(name);
      expect(names).toEqual(['models/gemini-flash']);
      expect((await client('v1beta').models.get({ model: 'gemini-flash' })).name).toBe('models/gemini-flash');
      expect(world.upstream.requests).toEqual([]);
    });
  });
});
