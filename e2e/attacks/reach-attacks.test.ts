import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Call, type GatewayWorld, openGatewayWorld, STORED_KEY, TRANSPORTS } from '#testing/gateway-world.ts';

type Kind = 'openai' | 'anthropic' | 'gemini' | 'openai-compatible';

const JSON_TYPE = ['content-type', 'application/json'];
const NAMES_GOOGLE = '{"model":"gemini/gemini-pro"}';

/** What a token of one gateway tries to reach of the account that its provider's key is for. */
describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  let attacked: Record<'google' | 'both' | 'openai', { slug: string; bearer: string[] }>;

  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    attacked = {
      google: await addGateway('google', ['gemini']),
      both: await addGateway('both', ['openai', 'gemini']),
      openai: await addGateway('openai', ['openai', 'openai-compatible']),
    };
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  async function addGateway(name: string, kinds: Kind[]) {
    const { fixtures, account, upstream } = world;
    const { id: gatewayId, slug } = await fixtures.addGateway(account.id, name);
    for (const kind of kinds) {
      const baseUrl = `${upstream.origin}/${kind === 'gemini' ? 'g' : 'v1'}`;
      const models = kind === 'gemini' ? ['gemini-pro'] : ['m'];
      const { id: providerId } = await fixtures.addProvider({ gatewayId, kind, baseUrl, key: STORED_KEY, models });
      const owner = { providerId, gatewayId, accountId: account.id };
      await fixtures.db.upstreamObject.createMany({
        data: [
          { ...owner, collection: 'files', objectId: 'file-MINE' },
          { ...owner, collection: 'containers', objectId: 'cntr-MINE' },
        ],
      });
    }
    const { token } = await fixtures.addToken({ accountId: account.id, gatewayId });
    return { slug, bearer: ['authorization', `Bearer ${token}`] };
  }

  async function expectRefused(gateway: keyof typeof attacked, call: Call) {
    const { slug, bearer } = attacked[gateway];
    const answer = await world.call({ ...call, slug, headers: [...bearer, ...(call.headers ?? JSON_TYPE)] });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(world.upstream.requests).toEqual([]);
  }

  test.each([
    ['google', 'POST', '/v1/batches/OTHER:cancel'],
    ['google', 'DELETE', '/v1/files/OTHER'],
    ['google', 'PATCH', '/v1/files/OTHER'],
    ['google', 'DELETE', '/v1/%63achedContents/OTHER'],
    ['google', 'POST', '/v1/models/gemini-pro/operations/OTHER:cancel'],
    ['google', 'POST', '/v1/models/secret%3AgenerateContent'],
    ['google', 'POST', '/v1/%6dodels/secret:generateContent'],
    ['google', 'POST', '/v1/Models/secret:generateContent'],
    ['google', 'POST', '/v1/publishers/google/models/secret:generateContent'],
    ['both', 'PATCH', '/v1/%63achedContents/OTHER?updateMask=ttl'],
    ['both', 'POST', '/v1/Interactions/OTHER/cancel'],
    ['both', 'POST', '/v1/publishers/google/models/secret:generateContent'],
    ['both', 'POST', '/v1/%69nteractions'],
  ] as const)('the one base URL of %s is no way to %s %s of Google', async (gateway, method, path) => {
    await expectRefused(gateway, { method, path, body: NAMES_GOOGLE });
  });

  test.each([
    '/openai-compatible/deployments/SECRET/chat/completions',
    '/openai-compatible/openai/deployments/SECRET/chat/completions',
    '/openai-compatible/m/deployments/SECRET/chat/completions',
    '/openai-compatible/m/Deployments/SECRET/rerank',
    '/openai-compatible/m/%64eployments/SECRET/chat/completions',
    '/openai/m/engines/SECRET/completions',
    '/v1/deployments/SECRET/chat/completions',
  ])('%s names a model that is not the call\u2019s', async (path) => {
    await expectRefused('openai', {
      path,
      body: path.startsWith('/v1') ? '{"model":"openai-compatible/m"}' : '{"model":"m"}',
    });
  });

  test.each([
    'flush_cache',
    'sleep',
    'cache/flushall',
    'global/spend/reset',
    'customer/new',
    'scim/v2/Users',
    'slots/0',
  ])('below a model, %s administers its server all the same', async (endpoint) => {
    await expectRefused('openai', { path: `/openai-compatible/m/${endpoint}`, body: '{}' });
  });

  test.each([
    '"/file-OTHER"',
    '"./file-OTHER"',
    '"x/file-OTHER"',
    '[["file-OTHER"]]',
    '"files/"',
    '"file-OTHER?x=files/file-MINE"',
    '"file-OTHER#files/file-MINE"',
    '"files/file-MINE/../file-OTHER"',
    '"file-MINE\\u0000"',
    '7',
  ])('an input_file_id of %s is no file of the gateway', async (value) => {
    await expectRefused('openai', { path: '/openai/v1/batches', body: `{"input_file_id":${value}}` });
  });

  const part = (name: string, value: string) =>
    `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  test.each([
    ['a form', 'multipart/form-data; boundary=B', `${part('file_id', 'file-OTHER')}--B--\r\n`],
    ['a form, in another case', 'multipart/form-data; boundary=B', `${part('File_Id', 'file-OTHER')}--B--\r\n`],
    ['a form, in a list', 'multipart/form-data; boundary=B', `${part('file_id[]', 'file-OTHER')}--B--\r\n`],
    ['parts that are no form', 'multipart/mixed; boundary=B', `${part('file_id', 'file-OTHER')}--B--\r\n`],
    ['parameters', 'application/x-www-form-urlencoded', 'file_id=file-OTHER'],
    ['text', 'text/plain', 'file_id=file-OTHER'],
  ])('what is named in %s is not passed on unread', async (_how, type, body) => {
    const headers = ['content-type', type];
    await expectRefused('openai', { path: '/openai/v1/containers/cntr-MINE/files', headers, body });
  });

  test.each([
    'multipart/form-data, boundary=B',
    'multipart/form-data boundary=B',
    'multipart/mixed; boundary=B',
    'multipart/related; boundary=B',
  ])('a model is not hidden in %s', async (type) => {
    const body = `${part('model', 'SECRET')}--B--\r\n`;
    await expectRefused('openai', { path: '/openai/m/audio/transcriptions', headers: ['content-type', type], body });
    await expectRefused('openai', { path: '/v1/audio/transcriptions', headers: ['content-type', type], body });
  });

  test('headers whose names some servers read with a hyphen end here, too', async () => {
    const { slug, bearer } = attacked.openai;
    const names = [
      'OpenAI_Organization',
      'X_Api_Key',
      'Proxy_Authorization',
      'Transfer_Encoding',
      'Content_Encoding',
      'X_Forwarded_For',
    ];
    const headers = [...bearer, ...JSON_TYPE, ...names.flatMap((name) => [name, 'gzip']), 'X_Kept', '1'];
    expect((await world.call({ slug, path: '/openai/m/chat/completions', headers, body: '{}' })).status).toBe(200);
    const [received] = world.upstream.requests;
    expect(received?.header('x_kept')).toEqual(['1']);
    for (const name of names) expect([name, received?.header(name.toLowerCase())]).toEqual([name, []]);
  });
});
