import { expect, test } from 'vitest';
import { headersForClient } from './response-headers.ts';

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
  expect(headersForClient(['X-Latchkey-Error', 'invalid_request'], 'latchkey-x', true)).toEqual([
    'via',
    '1.1 latchkey-x',
  ]);
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
  expect(headersForClient(raw, 'latchkey-x', true)).toEqual(['via', '1.1 latchkey-x']);
});
