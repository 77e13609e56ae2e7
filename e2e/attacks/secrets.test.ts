import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { deriveKey } from '#lib/crypto.ts';
import { type SeenProvider, toSeen } from '#lib/providers/merge-providers.ts';
import { listProviders } from '#lib/providers/queries.ts';
import { generateToken } from '#lib/tokens/secret.ts';
import { type ConsoleClient, listActions, listPages, openConsoleClient } from '#testing/console-client.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { dumpDatabase, SecretSearch } from '#testing/planted-secrets.ts';
import { type RunningProcess, startConsole, startProxy } from '#testing/processes.ts';
import { type RecordingUpstream, startRecordingUpstream } from '#testing/recording-upstream.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';

/** Acceptance N1. Everything is planted through the console, as an admin would, and used and misused after that. */
const EMAIL = 'admin@example.com';
const secret = randomBytes(32);
const password = `pw-${randomBytes(18).toString('base64url')}`;
const providerKey = `sk-${randomBytes(24).toString('base64url')}`;
const otherKey = `sk-${randomBytes(24).toString('base64url')}`;
const unknownToken = generateToken();

let databaseUrl: string;
let fixtures: Fixtures;
let upstream: RecordingUpstream;
let console: RunningProcess;
let proxy: RunningProcess;
let client: ConsoleClient;
let search: SecretSearch;
let token: string;
let accountId: number;
let gateway: { id: string; slug: string };
/** What came back, but for the one answer that shows the new token. */
const answers: string[] = [];

beforeAll(async () => {
  databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl, secret.toString('base64'));
  upstream = await startRecordingUpstream();
  accountId = (await fixtures.addAccount()).id;
  await fixtures.addUser(accountId, EMAIL, password);
  const env = { LATCHKEY_SECRET: secret.toString('base64'), LOG_LEVEL: 'trace' };
  console = await startConsole({ databaseUrl, env });
  proxy = await startProxy({ databaseUrl, env: { ...env, CONSOLE_UPSTREAM: console.origin } });
  client = openConsoleClient(proxy.origin);
  await client.signIn(EMAIL, password);
  token = await createGateway();
  gateway = await fixtures.db.gateway.findFirstOrThrow({ where: { accountId } });
  search = new SecretSearch({
    secret,
    password,
    providerKey,
    otherKey,
    token,
    unknownToken,
    sessionKey: deriveKey(secret.toString('base64'), 'session'),
    encryptionKey: deriveKey(secret.toString('base64'), 'provider-key-encryption'),
  });
  await misuseTheConsole();
  await useAndMisuseTheGateway();
  await breakTheDatabase();
});
afterAll(async () => {
  await client.close();
  await proxy.stop();
  await console.stop();
  await upstream.close();
  await fixtures.close();
});

const provider = (key: string) => ({
  kind: 'openai-compatible',
  key,
  endpoint: `${upstream.origin}/v1`,
  headerName: 'x-upstream-key',
  models: ['llama'],
});

async function act(name: string, input: unknown): Promise<string> {
  const action = (await listActions(gateway?.id ?? '')).find((candidate) => candidate.name === name);
  if (!action) throw new Error(`there is no action ${name}`);
  const { text } = await client.callAction(action, JSON.stringify([input]));
  return text;
}

/** The gateway's provider with another key. */
async function save(key: string, seen?: SeenProvider[]): Promise<string> {
  const input = { gatewayId: gateway.id, seen: seen ?? (await seenProviders()), providers: [provider(key)] };
  return act('saveProvidersAction', input);
}

async function seenProviders(): Promise<SeenProvider[]> {
  const session = { userId: '', accountId, email: EMAIL, sessionVersion: 1 };
  return (await listProviders(fixtures.db, session, gateway.id)).map(toSeen);
}

async function createGateway(): Promise<string> {
  const input = { name: 'demo-gateway', authenticated: true, providers: [provider(providerKey)] };
  const made = /lk_[0-9A-Za-z]{49}/.exec(await act('createGatewayAction', input))?.[0];
  if (!made) throw new Error('the answer to a creation shows its token');
  return made;
}

async function misuseTheConsole(): Promise<void> {
  const { id: gatewayId } = gateway;
  const secrets = [providerKey, otherKey, token, password];
  for (const value of secrets) {
    // Endpoints, names and headers are texts that the console shows; a secret is none of them, and each is refused.
    answers.push(await save(`${value}\nx: 1`));
    answers.push(await act('createGatewayAction', { name: `\0${value}`, authenticated: true, providers: value }));
    answers.push(
      await act('createTokensAction', {
        gatewayId: value,
        creationId: randomUUID(),
        names: ['token-user02'],
        expiresAt: null,
      }),
    );
    answers.push(await act('checkProviderAction', { ...provider(value), endpoint: 'https://127.0.0.2/', gatewayId }));
    const options = { 'next-action': '00', 'content-type': 'text/plain' };
    answers.push((await client.ask('/gateways', { method: 'POST', headers: options, body: `[${value}` })).text);
  }
  answers.push(await act('checkProviderAction', { ...provider(''), gatewayId }));
  upstream.answerWith((response) => response.writeHead(401).end());
  answers.push(await act('checkProviderAction', { ...provider(otherKey), gatewayId }));
  upstream.reset();
  answers.push(await save(otherKey));
  answers.push(await save(providerKey));

  const stranger = openConsoleClient(proxy.origin);
  answers.push((await stranger.signIn('nobody@example.com', password)).text);
  answers.push((await stranger.signIn(EMAIL, `${password}x`)).text);
  for (const [type, body] of [
    ['application/json', `{"password":"${password}",`],
    ['application/x-www-form-urlencoded', `email=${EMAIL}&password=${password}&csrfToken=x`],
    ['text/plain', password],
  ] as const) {
    const options = { method: 'POST' as const, headers: { 'content-type': type }, body };
    answers.push((await stranger.ask('/api/auth/callback/credentials', options)).text);
  }
  await stranger.close();
}

async function useAndMisuseTheGateway(): Promise<void> {
  const base = `/gateway/${gateway.slug}`;
  const call = (address: string, bearer: string, body = '{}', headers: Record<string, string> = {}) =>
    client.ask(base + address, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', cookie: null, ...headers },
      body,
    });
  const model = '/openai-compatible/llama/chat/completions';
  expect((await call(model, token)).status).toBe(200);
  expect(upstream.requests.at(-1)?.header('x-upstream-key')).toEqual([providerKey]);
  for (const value of [token, unknownToken, providerKey]) {
    // A client's own model name comes back in "not found", so only what has the form of a token is no name.
    const name = value === providerKey ? 'unknown' : value;
    answers.push(
      (await call(model, value, '{"model":"another"}')).text,
      (await call(`${model}?key=${value}`, value)).text,
      (await call(`/openai-compatible/${name}`, token)).text,
      (await call(`/v1/chat/completions`, token, `{"model":"${value}"`)).text,
      (await call(model, `${value} x`)).text,
      (await call(model, token, '{}', { 'x-api-key': value, 'content-length': '7' }).catch(String)).toString(),
    );
  }
  upstream.answerWith((response) => response.destroy());
  answers.push((await call(model, token)).text);
  upstream.reset();
}

/** Statements that fail are what database clients like to put into messages, with their values. */
async function breakTheDatabase(): Promise<void> {
  const seen = await seenProviders();
  for (const table of ['model', 'provider', 'authentication_token', '"user"']) {
    await fixtures.db.$executeRawUnsafe(`ALTER TABLE ${table} RENAME TO away`);
    answers.push(await save(otherKey, seen));
    answers.push(
      await act('createGatewayAction', { name: 'second', authenticated: true, providers: [provider(otherKey)] }),
    );
    const stranger = openConsoleClient(proxy.origin);
    answers.push((await stranger.signIn(EMAIL, password)).text);
    await stranger.close();
    const headers = { authorization: `Bearer ${unknownToken}` };
    answers.push((await client.ask(`/gateway/${gateway.slug}/v1/models`, { headers })).text);
    await fixtures.db.$executeRawUnsafe(`ALTER TABLE away RENAME TO ${table}`);
  }
}

test('what happened was logged, and no part of a secret with it', () => {
  const logged = console.log() + proxy.log();
  expect(logged).toContain('does not exist');
  expect(search.find(logged)).toEqual([]);
});

test('the database holds no part of a secret, only what opens with one', async () => {
  const dump = await dumpDatabase(databaseUrl);
  for (const planted of [EMAIL, 'llama', token.slice(-4), otherKey.slice(-4)]) expect(dump).toContain(planted);
  expect(search.find(dump)).toEqual([]);
});

test('no answer but the one that created the token holds a part of a secret', () => {
  expect(answers.length).toBeGreaterThan(50);
  expect(answers.filter((answer) => search.find(answer).length > 0)).toEqual([]);
});

test('no page holds one, as a document or as what a soft navigation gets', async () => {
  const pages = await listPages(gateway.id);
  expect(pages.length).toBeGreaterThan(7);
  for (const page of [...pages, '/gateways/nowhere', '/audit?q=llama']) {
    for (const headers of [{}, { rsc: '1' }] as Record<string, string>[]) {
      const { status, text } = await client.ask(page, { headers });
      expect([page, status]).not.toEqual([page, 500]);
      expect([page, search.find(text)]).toEqual([page, []]);
    }
  }
});
