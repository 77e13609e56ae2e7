import { answerLater } from './sign-in-answer.ts';

/** More than wait for a password check and behind locks together. */
const MOST_OPEN = 64;

let open = 0;

/**
 * Answers a request to sign in, unless too many are open already: also what comes before a password is checked costs
 * milliseconds, which pages would wait for.
 */
export async function admitSignIn(answer: () => Promise<Response>): Promise<Response> {
  if (open >= MOST_OPEN) return answerLater('busy');
  open++;
  try {
    return await answer();
  } finally {
    open--;
  }
}
