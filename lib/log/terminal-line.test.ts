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
