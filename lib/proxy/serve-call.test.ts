import { expect, test } from 'vitest';
import { generateToken } from '#lib/tokens/secret.ts';
import type { Access, AccessStore, ProviderAccess } from './access/store.ts';
import { HeaderLines } from './headers/header-lines.ts';
import { CallRecord } from './observe/call-record.ts';
import { admit } from './serve-call.ts';
import type { ProxySettings } from './settings.ts';

const settings: ProxySettings = {
  GATEWAY_DOMAIN: 'gw.example',
  CONSOLE_ORIGIN: 'https://console.example',
  MAX_BODY_BYTES: 1000,
  MAX_JSON_BODY_BYTES: 100,
  UPSTREAM_ALLOWLIST: ['127.0.0.1:9000'],
  UPSTREAM_CONNECT_TIMEOUT_MS: 1000,
  UPSTREAM_FIRST_BYTE_TIMEOUT_MS: 1000,
  UPSTREAM_IDLE_TIMEOUT_MS: 1000,
  CONSOLE_UPSTREAM: undefined,
  viaName: 'latchkey-x',
};
const token = generateToken();
const provider: ProviderAccess = {
  id: 'p',
  kind: 'deepseek',
  baseUrl: null,
  headerName: null,
  readKey: () => 'sk-stored',
  models: ['m'],
};

type Options = {
  method?: string;
  path?: string;
  query?: string;
  lines?: string[];
  access?: Access;
  store?: Partial<AccessStore>;
};

function decide({ method = 'POST', path = '/deepseek/m/chat', query = '', lines, access, store }: Options = {}) {
  const granted: Access = access ?? {
    kind: 'granted',
    gatewayId: 'g',
    token: { id: 't', secretId: 's' },
    providers: [provider],
  };
  const headers = new HeaderLines(lines ?? ['authorization', `Bearer ${token}`]);
  const target = { kind: 'gateway', slug: 'user-1-demo', path, query } as const;
  return admit(
    method,
    target,
    headers,
    { findAccess: async () => granted, isOpen: async () => false, close: async () => {}, ...store },
    settings,
    new CallRecord(method, target.slug, headers),
  );
}
const grantedWith = (changes: Partial<ProviderAccess>): Access => ({
  kind: 'granted',
  gatewayId: 'g',
  token: { id: 't', secretId: 's' },
  providers: [{ ...provider, ...changes }],
});

test('a good request goes to the provider, under its key', async () => {
  expect(await decide({ query: '?a=%zz' })).toMatchObject({
    kind: 'forward',
    route: {
      destination: {
        origin: 'https://api.deepseek.com',
        path: '/chat?a=%zz',
        headers: ['via', '1.1 latchkey-x', 'authorization', 'Bearer sk-stored'],
      },
      models: ['m'],
    },
  });
});

test.each([
  ['https://up.example/base/', '/deepseek/m/chat', '/base/chat'],
  ['https://up.example/base', '/deepseek/m', '/base'],
  ['https://up.example', '/deepseek/m', '/'],
  ['https://up.example', '/deepseek/m//evil.test/x', '//evil.test/x'],
])('below %s, %s becomes %s', async (baseUrl, path, expected) => {
  expect(await decide({ path, access: grantedWith({ baseUrl }) })).toMatchObject({
    route: { destination: { origin: 'https://up.example', path: expected } },
  });
});

test('a store that throws is an outage, never a pass', async () => {
  const findAccess = () => Promise.reject(new Error('connection terminated'));
  expect(await decide({ store: { findAccess } })).toMatchObject({ status: 503, code: 'authentication_unavailable' });
});

test('a token of the wrong form costs no lookup', async () => {
  const findAccess = () => Promise.reject(new Error('looked up'));
  const lines = ['authorization', `Bearer ${'x'.repeat(8192)}`];
  expect(await decide({ lines, store: { findAccess } })).toMatchObject({ code: 'invalid_authentication_token' });
});

test.each(['TRACE', 'CONNECT', 'PROPFIND', 'get'])('%s is not allowed, and the answer says what is', async (method) => {
  const headers = expect.arrayContaining(['allow']);
  expect(await decide({ method })).toMatchObject({ status: 405, headers });
});

test.each<[string, Options, number, string]>([
  ['unknown gateway', { access: { kind: 'gateway_not_found' } }, 404, 'gateway_not_found'],
  ['refused token', { access: { kind: 'token_refused' } }, 401, 'invalid_authentication_token'],
  ['unknown provider', { access: grantedWithout(), path: '/nope/m/x' }, 404, 'model_not_found'],
  ['unknown model', { path: '/deepseek/nope/x' }, 404, 'model_not_found'],
  ['token in the query', { query: `?key=${token}` }, 400, 'invalid_request'],
  ['token in the path', { path: `/deepseek/m/${token}` }, 400, 'invalid_request'],
  ['our own Via', { lines: ['via', '1.1 a, 1.1 latchkey-x (b)'] }, 508, 'loop_detected'],
  ['an upstream below our domain', { access: grantedWith({ baseUrl: 'https://x.gw.example' }) }, 508, 'loop_detected'],
  ["the console's address", { access: grantedWith({ baseUrl: 'https://console.example/x' }) }, 508, 'loop_detected'],
  ['plain http', { access: grantedWith({ baseUrl: 'http://up.example' }) }, 502, 'upstream_unreachable'],
  ['another scheme', { access: grantedWith({ baseUrl: 'file:///etc/passwd' }) }, 502, 'upstream_unreachable'],
  [
    'no address',
    { access: grantedWith({ kind: 'openai-compatible' }), path: '/openai-compatible/m/x' },
    502,
    'upstream_unreachable',
  ],
])('%s is refused', async (_name, options, status, code) => {
  expect(await decide(options)).toMatchObject({ kind: 'own_answer', status, code });
});

test('plain http goes where the allowlist says so', async () => {
  const access = grantedWith({ baseUrl: 'http://127.0.0.1:9000/v1' });
  expect(await decide({ access })).toMatchObject({
    route: { destination: { origin: 'http://127.0.0.1:9000', path: '/v1/chat' } },
  });
});

test.each([
  ['1001', 'audio/mpeg'],
  ['101', 'application/json'],
])('%s bytes of %s are too many, and said so before the provider is looked at', async (length, type) => {
  const lines = ['authorization', `Bearer ${token}`, 'content-length', length, 'content-type', type];
  expect(await decide({ lines, path: '/nope' })).toMatchObject({ status: 413 });
});

test("Google's native address must name the path's model", async () => {
  const access = grantedWith({ kind: 'gemini' });
  const path = '/gemini/m/v1beta/models/';
  expect(await decide({ access, path: `${path}other:generateContent` })).toMatchObject({ code: 'model_mismatch' });
  expect(await decide({ access, path: `${path}m:generateContent` })).toMatchObject({
    route: { models: ['m', 'models/m'] },
  });
  const direct = await decide({ access, path: '/gemini/v1beta/models/m:streamGenerateContent', query: '?alt=sse' });
  expect(direct).toMatchObject({ route: { destination: { path: '/v1beta/models/m:streamGenerateContent?alt=sse' } } });
  expect(await decide({ access, path: '/gemini/v1beta/models/other:x' })).toMatchObject({ code: 'model_not_found' });
});

function grantedWithout(): Access {
  return { kind: 'granted', gatewayId: 'g', token: { id: 't', secretId: 's' }, providers: [] };
}
