import { expect, test } from 'vitest';
import { headersForClient } from './response-headers.ts';

/** What is said besides what a provider says. */
const OURS = ['content-security-policy', 'sandbox', 'via', '1.1 latchkey-x'];

test('headers keep case, order and repetition; those of the connection end here', () => {
  const raw = ['Set-Cookie', 'a', 'X-S', '1', 'Connection', 'X-S', 'set-cookie', 'b', 'Keep-Alive', 'timeout=5'];
  expect(headersForClient([...raw, 'Proxy-Authenticate', 'Basic', 'Trailer', 'x'], 'latchkey-x', false)).toEqual([
    'Set-Cookie',
    'a',
    'set-cookie',
    'b',
    'via',
    '1.1 latchkey-x',
  ]);
});

test("a provider's error cannot pass for one of the gateway's", () => {
  expect(headersForClient(['X-Latchkey-Error', 'invalid_request'], 'latchkey-x', true)).toEqual(OURS);
});

test("a provider sets no cookie and says nothing of the origin, which may be the console's", () => {
  const raw = [
    'Set-Cookie',
    'a',
    'Strict-Transport-Security',
    'max-age=1',
    'Alt-Svc',
    'h3=":1"',
    'Clear-Site-Data',
    '"*"',
  ];
  expect(headersForClient(raw, 'latchkey-x', true)).toEqual(OURS);
});

test.each([
  ['Bearer realm="provider"', true],
  ['bearer realm="a", error="invalid_token"', true],
  ['Bearer', true],
  ['Basic realm="Latchkey console"', false],
  ['Negotiate', false],
  ['Digest realm="x", nonce="y"', false],
  ['Bearer realm="a", Basic realm="b"', false],
])('of challenges, browsers see only those that they leave to the page: %s', (challenge, passes) => {
  const raw = ['WWW-Authenticate', challenge];
  expect(headersForClient(raw, 'latchkey-x', true)).toEqual([...(passes ? raw : []), ...OURS]);
});

test("a provider's page gets an origin of its own, whatever policy it brings; the console's keep theirs", () => {
  const raw = ['Content-Security-Policy', 'sandbox allow-scripts allow-same-origin'];
  expect(headersForClient(raw, 'latchkey-x', true)).toEqual([...raw, ...OURS]);
  expect(headersForClient(raw, 'latchkey-x', false)).toEqual([...raw, 'via', '1.1 latchkey-x']);
});
