import { expect, test } from 'vitest';
import { answerSignIn } from './sign-in-answer.ts';

test('a lock is 429 with the time to wait, and an outage 503, never 401', () => {
  const locked = answerSignIn({ refused: 'locked', retryAfterSeconds: 900 });
  expect([locked?.status, locked?.headers.get('retry-after')]).toEqual([429, '900']);
  const outage = answerSignIn({ refused: 'unavailable' });
  expect([outage?.status, outage?.headers.get('retry-after')]).toEqual([503, '1']);
});

test('what next-auth says right is left to it', () => {
  expect(answerSignIn({ refused: 'wrongCredentials' })).toBeNull();
  expect(answerSignIn({ user: { id: crypto.randomUUID(), sessionVersion: 1 } })).toBeNull();
});

test('a form that was not tried is no success', () => {
  expect(answerSignIn(undefined)?.status).toBe(403);
});
