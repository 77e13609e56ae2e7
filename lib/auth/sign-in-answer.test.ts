import { expect, test } from 'vitest';
import { answerRefusal } from '#lib/auth/sign-in-answer.ts';

test('a lock is 429 with the time to wait, and an outage 503, never 401', () => {
  const locked = answerRefusal({ refused: 'locked', retryAfterSeconds: 900 });
  expect([locked?.status, locked?.headers.get('retry-after')]).toEqual([429, '900']);
  const outage = answerRefusal({ refused: 'unavailable' });
  expect([outage?.status, outage?.headers.get('retry-after')]).toEqual([503, '1']);
});

test('what next-auth says right is left to it', () => {
  expect(answerRefusal(undefined)).toBeNull();
  expect(answerRefusal({ refused: 'wrongCredentials' })).toBeNull();
  expect(answerRefusal({ user: { id: crypto.randomUUID(), sessionVersion: 1 } })).toBeNull();
});
