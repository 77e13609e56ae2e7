import { expect, test } from 'vitest';
import { lineForTerminal } from './terminal-line.ts';

const time = '2026-01-31T12:34:56.789Z';
const clock = new Date(time).toTimeString().slice(0, 8);

test.each([
  [
    { level: 30, time, msg: 'call', id: 'i', status: 200, gateway: 'g', provider: 'deepseek', model: 'm', ms: 132.4 },
    '200  g  deepseek/m  132 ms',
  ],
  [
    { level: 30, time, msg: 'call', id: 'i', status: 401, gateway: 'g', code: 'missing_authentication_token', ms: 0.2 },
    '401  g  missing_authentication_token  0 ms',
  ],
  [
    { level: 30, time, msg: 'call', id: 'i', status: 499, gateway: 'g', end: 'client_gone', ms: 10 },
    '499  g  client_gone  10 ms',
  ],
  [{ level: 30, time, msg: 'proxy listening', port: 3000 }, 'proxy listening  port=3000'],
  [
    { level: 50, time, msg: 'failed', err: { type: 'Error', message: 'why', stack: 'Error: why\n at x' } },
    'error: failed  err=why',
  ],
])('%j is one short line', (line, expected) => {
  expect(lineForTerminal(JSON.stringify(line))).toBe(`${clock}  ${expected}\n`);
});

/** What a client or a provider may have got into a value. */
const HOSTILE = 'a\n12:00:00  200  forged\r\x1b[2J\x1b]0;title\x07\x7f\x9b31m\u061c\u200f\u2028\u2029\u202e\u2066z\b';

test.each([
  ['a message', { level: 40, time, msg: HOSTILE }],
  ['a value', { level: 40, time, msg: 'm', reason: HOSTILE }],
  ['a name', { level: 40, time, msg: 'm', [HOSTILE]: 1 }],
  ['what is within', { level: 40, time, msg: 'm', within: [{ [HOSTILE]: HOSTILE }] }],
  ['an error', { level: 50, time, msg: 'm', err: { message: HOSTILE } }],
  ['a call', { level: 30, time, msg: 'call', status: 200, gateway: HOSTILE, provider: 'p', model: HOSTILE, ms: 1 }],
])('%s moves no cursor, turns no text and begins no line', (_where, line) => {
  const text = lineForTerminal(JSON.stringify(line));
  expect(text).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+\n$/u);
  expect(text).toContain('\\u001b[2J');
});
