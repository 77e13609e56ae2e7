import { expect, test } from 'vitest';
import { generateToken } from '#lib/tokens/secret.ts';
import { HeaderLines } from '../headers/header-lines.ts';
import { headersForProvider } from './request-headers.ts';

const token = generateToken();
const stored = { authorization: 'Bearer sk-stored' };
const VIA = ['via', '1.1 latchkey-x'];

type Options = { carrier?: string; signed?: Record<string, string> | null; defaults?: Record<string, string> };

function filter(lines: string[], { carrier = 'authorization', signed = stored, defaults = {} }: Options = {}) {
  return headersForProvider(new HeaderLines(lines), carrier, signed, defaults, 'latchkey-x');
}

test('unknown headers keep case, order and repetition', () => {
  const lines = ['X-B', '1', 'x-a', '2', 'X-B', '3', 'Via', '1.0 fred'];
  expect(filter(lines)).toEqual([...lines, ...VIA, 'authorization', 'Bearer sk-stored']);
});

test.each([
  ['Connection', 'close'],
  ['Keep-Alive', 'timeout=5'],
  ['TE', 'trailers'],
  ['Trailer', 'x'],
  ['Transfer-Encoding', 'chunked'],
  ['Upgrade', 'websocket'],
  ['HTTP2-Settings', 'x'],
  ['Proxy-Authorization', 'Basic x'],
  ['Proxy-Connection', 'keep-alive'],
  ['Proxy-Whatever', 'x'],
  ['Host', 'gw.example'],
  ['Cookie', 'a=b'],
  ['Expect', '100-continue'],
  ['Forwarded', 'for=1.2.3.4'],
  ['X-Forwarded-For', '1.2.3.4'],
  ['X-Forwarded-Whatever', 'x'],
  ['X-Real-IP', '1.2.3.4'],
  ['X-Latchkey-Error', 'x'],
  ['cf-aig-authorization', 'Bearer x'],
  ['CF-Connecting-IP', '1.2.3.4'],
  ['Referer', 'https://app.example/'],
])('%s: %s ends here', (name, value) => {
  expect(filter([name, value], { signed: null })).toEqual(VIA);
});

test('what Connection names ends here, whatever its case and wherever it stands', () => {
  expect(filter(['x-s', '1', 'Connection', 'close, X-S ,y', 'Y', '2', 'Z', '3'], { signed: null })).toEqual([
    'Z',
    '3',
    ...VIA,
  ]);
});

test("Connection cannot take the provider's credential or our Via away", () => {
  expect(filter(['Connection', 'authorization, via'])).toEqual([...VIA, 'authorization', 'Bearer sk-stored']);
});

test("with a stored key none of the client's credentials goes on", () => {
  const lines = ['Authorization', 'Bearer own', 'X-Api-Key', 'own', 'x-goog-api-key', 'own', 'api-key', 'own'];
  expect(filter(lines, { carrier: 'cf-aig-authorization' })).toEqual([...VIA, 'authorization', 'Bearer sk-stored']);
});

test.each([
  'OpenAI-Organization',
  'OpenAI-Project',
  'X-Goog-User-Project',
  'X-HF-Bill-To',
  'ChatGPT-Account-Id',
  'Ocp-Apim-Subscription-Key',
  'X-Amz-Security-Token',
  'X-Auth-Token',
])('%s competes with the account of a stored key, and is the client’s beside a key of its own', (name) => {
  expect(filter([name, 'theirs'])).toEqual([...VIA, 'authorization', 'Bearer sk-stored']);
  expect(filter([name, 'theirs'], { signed: null })).toEqual([name, 'theirs', ...VIA]);
});

test('a credential header that the admin chose is replaced whatever its case', () => {
  const signed = { 'x-my-key': 'stored' };
  expect(filter(['X-My-Key', 'own'], { signed })).toEqual([...VIA, 'x-my-key', 'stored']);
});

test('a credential of several lines is one', () => {
  const signed = { authorization: 'a', 'x-date': 'b' };
  expect(filter(['X-Date', 'own', 'Authorization', 'own'], { signed })).toEqual([
    ...VIA,
    'authorization',
    'a',
    'x-date',
    'b',
  ]);
});

test("the provider's default headers stand in for what the client does not send", () => {
  const defaults = { 'x-version': '1' };
  expect(filter([], { signed: null, defaults })).toEqual(['x-version', '1', ...VIA]);
  expect(filter(['X-Version', '2'], { signed: null, defaults })).toEqual(['X-Version', '2', ...VIA]);
});

test("without a stored key the client's own credential goes on, the token's carrier does not", () => {
  const lines = ['authorization', `Bearer ${token}`, 'x-api-key', 'own'];
  expect(filter(lines, { signed: null })).toEqual(['x-api-key', 'own', ...VIA]);
});

test('a token in the name of a header goes on as little as in its value', () => {
  expect(filter([token, '1', `x-${token}`, '2', 'X-Kept', '3'])).toEqual([
    'X-Kept',
    '3',
    ...VIA,
    'authorization',
    'Bearer sk-stored',
  ]);
});

test('the token goes on in no header', () => {
  const lines = ['authorization', `Bearer ${token}`, 'x-api-key', token, 'x-note', `my token is ${token}.`];
  expect(filter(lines, { signed: null })).toEqual(VIA);
  const basic = ['authorization', `Basic ${btoa(`user:${token}`)}`, 'x-note', `%20${token.toLowerCase()}`];
  expect(filter(basic, { carrier: 'x-api-key', signed: null })).toEqual(VIA);
});
