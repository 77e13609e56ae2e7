import { expect, test } from 'vitest';
import { answerHealth } from './health.ts';

const states = {
  well: { membership: { isTrusted: () => true }, stopping: false },
  cut_off: { membership: { isTrusted: () => false }, stopping: false },
  stopping: { membership: { isTrusted: () => true }, stopping: true },
};

test.each([
  ['well', '/healthz', 200, { alive: true }],
  ['cut_off', '/healthz', 200, { alive: true }],
  ['stopping', '/healthz', 200, { alive: true }],
  ['well', '/readyz', 200, { ready: true }],
  ['cut_off', '/readyz', 503, { ready: false, reason: 'The database does not renew the lease.' }],
  ['stopping', '/readyz', 503, { ready: false, reason: 'This worker is stopping.' }],
] as const)('%s: %s is %i', (state, address, status, body) => {
  const answer = answerHealth('GET', address, states[state]);
  expect(answer?.status).toBe(status);
  expect(JSON.parse(String(answer?.body))).toEqual(body);
});

test.each([
  ['POST', '/healthz'],
  ['GET', '/healthz/x'],
  ['GET', '/gateways'],
])('%s %s is not about health', (method, address) => {
  expect(answerHealth(method, address, states.well)).toBeNull();
});
