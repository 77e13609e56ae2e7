import type { PrismaClient } from '#prisma/client.ts';
import { authenticate, type SignedInUser } from './credentials.ts';
import { credentialsSchema } from './schema.ts';
import type { SignInLimit } from './sign-in-limit.ts';

export type SignInResult =
  | { user: SignedInUser }
  | { refused: 'wrongCredentials' }
  /** Too many wrong passwords. */
  | { refused: 'locked'; retryAfterSeconds: number };

/**
 * Signs in whoever `input` (e-mail and password, unparsed) belongs to, unless too many wrong passwords came for that
 * e-mail from that address. Attempts are counted before the password is checked, so that many at once gain nothing,
 * and for unknown users just as for known ones.
 */
export async function signIn(
  db: PrismaClient,
  limit: SignInLimit,
  input: unknown,
  address: string,
): Promise<SignInResult> {
  const credentials = credentialsSchema.safeParse(input);
  if (!credentials.success) return { refused: 'wrongCredentials' };
  const attempt = { email: credentials.data.email, address };
  const retryAfterSeconds = await limit.count(attempt);
  if (retryAfterSeconds > 0) return { refused: 'locked', retryAfterSeconds };
  const user = await authenticate(db, credentials.data);
  if (!user) return { refused: 'wrongCredentials' };
  await limit.forget(attempt);
  return { user };
}
