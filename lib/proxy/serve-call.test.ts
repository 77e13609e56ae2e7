import { expect, test, vi } from 'vitest';
import { granted, grantedWith, outcomeOf, type ServedCall, serve, settings, token } from '#testing/served-call.ts';
import type { Access, AccessStore } from './access/store.ts';

const APP = 'https://app.example.com';
const tokenless = { open: false, corsOrigins: new Set([APP]) };

test('preflights, and pages that may not call, are answered by the list of origins: no token is looked for', async () => {
  const store: Partial<AccessStore> = {
    findTokenless: () => tokenless,
    findAccess: () => {
      throw new Error('the database was asked');
    },
  };
  const asking = ['access-control-request-method', 'POST'];
  const preflight = { method: 'OPTIONS', store, lines: ['origin', APP, ...asking] };
  expect(await outcomeOf(preflight)).toMatchObject({ status: 204 });
  expect(await outcomeOf({ ...preflight, lines: ['origin', 'https://b.example', ...asking] })).toMatchObject({
    status: 401,
  });
});

test("a call goes under its provider's own limits in time, and the client's side waits for longer than these", async () => {
  const { served, sent, waits } = serve({
    access: grantedWith({ firstByteTimeoutMs: 7_000, idleTimeoutMs: null }),
  });
  await served;
  expect(sent).toMatchObject([{ headersTimeout: 7_000, bodyTimeout: null }]);
  expect(waits).toEqual([7_000 + settings.UPSTREAM_CONNECT_TIMEOUT_MS]);
});

test('a call whose client went while its token was looked up is remembered nowhere', async () => {
  let find: (access: Access) => void = () => {};
  const { served, sent, openCalls, leave } = serve({
    store: { findAccess: () => new Promise((resolve) => (find = resolve)) },
  });
  const remembering = vi.spyOn(openCalls, 'add');
  leave();
  find(grantedWith({}));
  await served;
  expect(sent).toEqual([]);
  expect(remembering).not.toHaveBeenCalled();
});

test('a good request goes to the provider, under its key', async () => {
  expect(await outcomeOf({ query: '?a=%zz' })).toMatchObject({
    origin: 'https://api.deepseek.com',
    path: '/chat?a=%zz',
    headers: ['via', '1.1 latchkey-x', 'authorization', 'Bearer sk-stored'],
  });
});

test.each([
  ['https://up.example/base/', '/deepseek/m/chat', '/base/chat'],
  ['https://up.example/base', '/deepseek/m', '/base'],
  ['https://up.example', '/deepseek/m', '/'],
  ['https://up.example', '/deepseek/m//evil.test/x', '//evil.test/x'],
])('below %s, %s becomes %s', async (baseUrl, path, expected) => {
  expect(await outcomeOf({ path, access: grantedWith({ baseUrl }) })).toMatchObject({
    origin: 'https://up.example',
    path: expected,
  });
});

test('a store that throws is an outage, never a pass', async () => {
  const findAccess = () => Promise.reject(new Error('connection terminated'));
  expect(await outcomeOf({ store: { findAccess } })).toMatchObject({ status: 503, code: 'authentication_unavailable' });
});

test('a token of the wrong form costs no lookup', async () => {
  const findAccess = () => Promise.reject(new Error('looked up'));
  const lines = ['authorization', `Bearer ${'x'.repeat(8192)}`];
  expect(await outcomeOf({ lines, store: { findAccess } })).toMatchObject({ code: 'invalid_authentication_token' });
});

test.each(['TRACE', 'CONNECT', 'PROPFIND', 'get'])('%s is not allowed, and the answer says what is', async (method) => {
  const headers = expect.arrayContaining(['allow']);
  expect(await outcomeOf({ method })).toMatchObject({ status: 405, headers });
});

test.each<[string, ServedCall, number, string]>([
  ['unknown gateway', { access: { kind: 'gateway_not_found' } }, 404, 'gateway_not_found'],
  ['refused token', { access: { kind: 'token_refused' } }, 401, 'invalid_authentication_token'],
  ['unknown provider', { access: granted, path: '/nope/m/x' }, 404, 'model_not_found'],
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
  expect(await outcomeOf(options)).toMatchObject({ kind: 'own_answer', status, code });
});

test('plain http goes where the allowlist says so', async () => {
  const access = grantedWith({ baseUrl: 'http://127.0.0.1:9000/v1' });
  expect(await outcomeOf({ access })).toMatchObject({
    origin: 'http://127.0.0.1:9000',
    path: '/v1/chat',
  });
});

test.each([
  ['1001', 'audio/mpeg'],
  ['101', 'application/json'],
])('%s bytes of %s are too many, and said so before the provider is looked at', async (length, type) => {
  const lines = ['authorization', `Bearer ${token}`, 'content-length', length, 'content-type', type];
  expect(await outcomeOf({ lines, path: '/nope' })).toMatchObject({ status: 413 });
});

test("Google's native address must name the path's model", async () => {
  const access = grantedWith({ kind: 'gemini' });
  const path = '/gemini/m/v1beta/models/';
  expect(await outcomeOf({ access, path: `${path}other:generateContent` })).toMatchObject({ code: 'model_mismatch' });
  expect(await outcomeOf({ access, path: `${path}m:generateContent` })).toMatchObject({
    path: '/v1beta/models/m:generateContent',
  });
  const direct = await outcomeOf({ access, path: '/gemini/v1beta/models/m:streamGenerateContent', query: '?alt=sse' });
  expect(direct).toMatchObject({ path: '/v1beta/models/m:streamGenerateContent?alt=sse' });
  expect(await outcomeOf({ access, path: '/gemini/v1beta/models/other:x' })).toMatchObject({ code: 'model_not_found' });
});

test.each(['t', 's', 'g'])(
  'a revocation of %s in the turn in which the token was found good cuts the call',
  async (id) => {
    const lines = ['authorization', `Bearer ${token}`, 'content-type', 'application/json', 'content-length', '13'];
    const { served, sent, answered, openCalls } = serve({ lines, body: '{"model":"m"}' });
    // Whatever waited between the finding and the registering would let this pass unseen.
    openCalls.cut(id);
    await served;
    expect(answered).toMatchObject([{ status: 401, code: 'invalid_authentication_token' }]);
    expect(sent).toEqual([]);
  },
);

test('a call that fails is answered, and says no more than that', async () => {
  const readKey = () => {
    throw new Error('sealed under another secret');
  };
  const { served, answered } = serve({ access: grantedWith({ readKey }) });
  await served;
  expect(answered).toMatchObject([{ status: 500, code: 'internal_error' }]);
});
