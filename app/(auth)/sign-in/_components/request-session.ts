import { z } from 'zod';
import type { Credentials } from '#lib/auth/schema.ts';

const csrfSchema = z.object({ csrfToken: z.string() });

const answerSchema = z.object({ url: z.url() });

export type SignInProblem = 'wrongCredentials' | 'unavailable';

/**
 * Asks next-auth for a session cookie. Its own client is not used: it would send two more requests, and ask the
 * session endpoint, which is closed.
 *
 * @returns what is wrong, or null when the cookie is set.
 */
export async function requestSession(credentials: Credentials): Promise<SignInProblem | null> {
  const csrf = await fetch('/api/auth/csrf', { cache: 'no-store' });
  const { csrfToken } = csrfSchema.parse(await csrf.json());
  const answer = await fetch('/api/auth/callback/credentials', {
    method: 'POST',
    body: new URLSearchParams({ ...credentials, csrfToken, json: 'true' }),
  });
  if (answer.ok) return null;
  const { url } = answerSchema.parse(await answer.json());
  return new URL(url).searchParams.get('error') === 'CredentialsSignin' ? 'wrongCredentials' : 'unavailable';
}
