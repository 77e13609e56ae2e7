import { expect, test } from 'vitest';
import { answerSignIn } from './sign-in-answer.ts';

test('a lock is 429 with the time to wait, an outage and too much at once 503, never 401', () => {
  const locked = answerSignIn({ refused: 'locked', retryAfterSeconds: 900 });
  expect([locked?.status, locked?.headers.get('retry-after')]).toEqual([429, '900']);
  for (const refused of ['unavailable', 'busy'] as const) {
    const answer = answerSignIn({ refused });
    expect([answer?.status, answer?.headers.get('retry-after')]).toEqual([503, '1']);
  }
});

test('what next-auth says right is left to it', () => {
  const user = { id: crypto.randomUUID(), accountId: 1, email: 'admin@example.com', sessionVersion: 1 };
  expect(answerSignIn({ refused: 'wrongCredentials' })).toBeNull();
  expect(answerSignIn({ user, browser: '' })).toBeNull();
});

test('a form that was not tried is no success', () => {
  expect(answerSignIn(undefined)?.status).toBe(403);
});
