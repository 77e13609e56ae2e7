import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Session } from '#lib/auth/credentials.ts';
import { type Fixtures, openFixtures, TEST_SECRET } from '#testing/fixtures.ts';
import { type RecordingUpstream, startRecordingUpstream } from '#testing/recording-upstream.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { checkProvider } from './check-provider.ts';
import { checkProviderSchema } from './inputs.ts';
import { openKeyRing } from './key-ring.ts';

const ALLOWLIST = ['127.0.0.1'];

let fixtures: Fixtures;
let upstream: RecordingUpstream;
let elsewhere: RecordingUpstream;
let session: Session;
let gatewayId: string;

beforeAll(async () => {
  fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')));
  upstream = await startRecordingUpstream();
  elsewhere = await startRecordingUpstream();
  session = await openSession();
  gatewayId = (await fixtures.addGateway(session.accountId, 'demo-gateway')).id;
  const kind = 'openai-compatible';
  const baseUrl = `${upstream.origin}/v1`;
  await fixtures.addProvider({ gatewayId, kind, baseUrl, headerName: 'x-key', key: 'sk-stored', models: ['m'] });
});
beforeEach(() => {
  upstream.reset();
  elsewhere.reset();
});
afterAll(async () => {
  await upstream.close();
  await elsewhere.close();
  await fixtures.close();
});

async function openSession(): Promise<Session> {
  const { id: accountId } = await fixtures.addAccount();
  return { userId: crypto.randomUUID(), accountId, email: 'admin@example.com', sessionVersion: 1 };
}

function check(input: Record<string, string | undefined>, as = session, allowlist = ALLOWLIST) {
  const endpoint = `${upstream.origin}/v1`;
  const parsed = checkProviderSchema.parse({ kind: 'openai-compatible', endpoint, gatewayId, ...input });
  return checkProvider(fixtures.db, openKeyRing(TEST_SECRET), allowlist, as, parsed);
}

test('the stored key is tried when none is typed, with the stored header', async () => {
  expect(await check({})).toMatchObject({ outcome: 'accepted', status: 200, milliseconds: expect.any(Number) });
  expect(upstream.requests.map(({ url, header }) => [url, header('x-key')])).toEqual([['/v1/models', ['sk-stored']]]);
});

test('a typed key is tried instead, at the typed address', async () => {
  await check({ key: 'sk-typed', headerName: 'x-other', endpoint: elsewhere.origin });
  expect(elsewhere.requests[0]?.header('x-other')).toEqual(['sk-typed']);
  expect(upstream.requests).toHaveLength(0);
});

test('a stored key that does not open is told, and nothing is sent', async () => {
  const parsed = checkProviderSchema.parse({ kind: 'openai-compatible', endpoint: `${upstream.origin}/v1`, gatewayId });
  const other = openKeyRing(Buffer.alloc(32, 'another secret').toString('base64'));
  expect(await checkProvider(fixtures.db, other, ALLOWLIST, session, parsed)).toEqual({ outcome: 'keyUnreadable' });
  expect(upstream.requests).toHaveLength(0);
});

test('the stored key is never sent to another address or in another header', async () => {
  await check({ endpoint: elsewhere.origin, headerName: 'x-other' });
  expect(elsewhere.requests).toHaveLength(0);
  expect(upstream.requests[0]?.header('x-key')).toEqual(['sk-stored']);
});

test("another account's stored key is not there", async () => {
  await check({}, await openSession());
  expect(upstream.receivedText()).not.toContain('sk-stored');
});

describe('with a model', () => {
  test.each([
    ['m', '/v1/chat/completions', { messages: [{ role: 'user', content: '.' }], max_tokens: 1 }],
    ['text-embedding-x', '/v1/embeddings', { input: '.' }],
    ['dall-e-x', '/v1/images/generations', {}],
    ['x-tts', '/v1/audio/speech', {}],
    ['whisper-x', '/v1/audio/transcriptions', {}],
  ])('%s is called at %s as a client calls it, once', async (model, path, rest) => {
    expect(await check({ model })).toMatchObject({ outcome: 'accepted', model, status: 200 });
    expect(upstream.requests.map(({ method, url }) => [method, url])).toEqual([
      ['GET', '/v1/models'],
      ['POST', path],
    ]);
    const called = upstream.requests[1];
    expect(called?.header('x-key')).toEqual(['sk-stored']);
    expect(JSON.parse(String(await called?.body))).toEqual({ model, ...rest });
  });

  test.each([
    ['m', 404, 'otherAnswer'],
    ['m', 400, 'objected'],
    ['m', 422, 'objected'],
    ['m', 403, 'refused'],
    // Nothing was asked for that could be drawn or spoken.
    ['dall-e-x', 400, 'accepted'],
    ['dall-e-x', 404, 'otherAnswer'],
    ['whisper-x', 415, 'accepted'],
  ])(
    'where the list of models answers and the call of %s gets %i, the check says %s',
    async (model, status, outcome) => {
      upstream.answerWith((response, { method }) => response.writeHead(method === 'GET' ? 200 : status).end());
      expect(await check({ model })).toMatchObject({ outcome, model, status });
    },
  );

  test('an endpoint without a list of models is judged by the call', async () => {
    upstream.answerWith((response, { method }) => response.writeHead(method === 'GET' ? 404 : 200).end());
    expect(await check({ model: 'm' })).toMatchObject({ outcome: 'accepted', model: 'm' });
  });

  test('a refused key is not tried on a model as well', async () => {
    upstream.answerWith((response) => response.writeHead(401).end());
    expect(await check({ model: 'm' })).toMatchObject({ outcome: 'refused', model: null });
    expect(upstream.requests).toHaveLength(1);
  });

  test("an endpoint of Anthropic's API is called as Anthropic's", async () => {
    await check({ model: 'm', key: 'sk-typed', endpoint: `${elsewhere.origin}/anthropic` });
    const [list, call] = elsewhere.requests;
    expect([list?.url, call?.url]).toEqual(['/anthropic/v1/models', '/anthropic/v1/messages']);
    expect(call?.header('x-api-key')).toEqual(['sk-typed']);
    expect(call?.header('anthropic-version')).toEqual(['2023-06-01']);
  });

  test('at a bare origin it is called where the gateway calls it', async () => {
    await check({ model: 'm', key: 'sk-typed', endpoint: elsewhere.origin });
    expect(elsewhere.requests.map(({ url }) => url)).toEqual(['/v1/models', '/v1/chat/completions']);
  });
});

test.each([
  [401, 'refused'],
  [403, 'refused'],
  [404, 'otherAnswer'],
  [302, 'otherAnswer'],
  [500, 'otherAnswer'],
])('an answer %i is %s', async (status, outcome) => {
  upstream.answerWith((response) => response.writeHead(status, { location: elsewhere.origin }).end());
  expect(await check({})).toMatchObject({ outcome, status });
  expect(elsewhere.requests).toHaveLength(0);
});

test('nobody there, an address that is not allowed, and no key at all are told apart', async () => {
  expect(await check({ key: 'k', endpoint: 'http://127.0.0.1:1' })).toEqual({ outcome: 'unreachable' });
  expect(await check({ key: 'k' }, session, [])).toEqual({ outcome: 'forbiddenAddress' });
  expect(await check({ key: 'k', endpoint: 'https://127.0.0.1:1' }, session, [])).toEqual({
    outcome: 'forbiddenAddress',
  });
  expect(await check({ kind: 'openai', endpoint: undefined })).toEqual({ outcome: 'noKey' });
});
