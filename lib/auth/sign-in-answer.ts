import type { SignInOutcome } from './options.ts';

const HEADERS = { 'cache-control': 'no-store' };

/**
 * The answer to an attempt to sign in where next-auth's own would not say what happened: it has 401 for everything,
 * an outage included, and 200 where it let nobody try. Null where its answer is right.
 *
 * @param outcome undefined when there was no attempt: the form did not carry the token of its cookie.
 */
export function answerSignIn(outcome: SignInOutcome | undefined): Response | null {
  if (!outcome) return Response.json({ error: 'wrong_csrf_token' }, { status: 403, headers: HEADERS });
  if (!('refused' in outcome)) return null;
  if (outcome.refused === 'locked') {
    const headers = { ...HEADERS, 'retry-after': String(outcome.retryAfterSeconds) };
    return Response.json({ error: 'too_many_attempts' }, { status: 429, headers });
  }
  if (outcome.refused === 'unavailable') return answerLater('unavailable');
  if (outcome.refused === 'busy') return answerLater('busy');
  return null;
}

/** The answer to what is no form. */
export function answerMalformed(): Response {
  return Response.json({ error: 'malformed' }, { status: 400, headers: HEADERS });
}

/** The answer to what was not tried, and may succeed soon. */
export function answerLater(error: 'unavailable' | 'busy'): Response {
  return Response.json({ error }, { status: 503, headers: { ...HEADERS, 'retry-after': '1' } });
}
