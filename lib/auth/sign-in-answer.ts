import type { SignInOutcome } from '#lib/auth/options.ts';

const HEADERS = { 'cache-control': 'no-store' };

/**
 * The answer to an attempt to sign in where next-auth's own would not say what happened: it has 401 for everything,
 * an outage included. Null where its answer is right.
 */
export function answerRefusal(outcome: SignInOutcome | undefined): Response | null {
  if (!outcome || !('refused' in outcome)) return null;
  if (outcome.refused === 'locked') {
    const headers = { ...HEADERS, 'retry-after': String(outcome.retryAfterSeconds) };
    return Response.json({ error: 'too_many_attempts' }, { status: 429, headers });
  }
  if (outcome.refused === 'unavailable') {
    const headers = { ...HEADERS, 'retry-after': '1' };
    return Response.json({ error: 'unavailable' }, { status: 503, headers });
  }
  return null;
}
