import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
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

test('the stored key is never sent to another address or in another header', async () => {
  await check({ endpoint: elsewhere.origin, headerName: 'x-other' });
  expect(elsewhere.requests).toHaveLength(0);
  expect(upstream.requests[0]?.header('x-key')).toEqual(['sk-stored']);
});

test("another account's stored key is not there", async () => {
  await check({}, await openSession());
  expect(upstream.receivedText()).not.toContain('sk-stored');
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
