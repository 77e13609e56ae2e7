import { z } from 'zod';
import type { Credentials } from '#lib/auth/schema.ts';

const csrfSchema = z.object({ csrfToken: z.string() });

const waitSchema = z.coerce.number().positive().catch(60);

export type SignInProblem =
  | { is: 'wrongCredentials' | 'unavailable' }
  /** Too many wrong passwords. */
  | { is: 'locked'; minutes: number };

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
  if (answer.status === 401) return { is: 'wrongCredentials' };
  if (answer.status !== 429) return { is: 'unavailable' };
  return { is: 'locked', minutes: Math.ceil(waitSchema.parse(answer.headers.get('retry-after')) / 60) };
}
