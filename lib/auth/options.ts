import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';
import { authenticate } from '#lib/auth/credentials.ts';
import { SESSION_MAX_AGE_SECONDS, sessionCookie, sessionSecret } from '#lib/auth/session-cookie.ts';
import { db } from '#lib/db.ts';
import { logger } from '#lib/logger.ts';

let options: AuthOptions | undefined;

/** Made at first use, because the build has no secret. */
export function authOptions(): AuthOptions {
  options ??= {
    secret: sessionSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_MAX_AGE_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    useSecureCookies: sessionCookie().options.secure,
    cookies: { sessionToken: sessionCookie() },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: authorizeOrHide,
      }),
    ],
    // No e-mail in the cookie: the database is asked for it at each request.
    callbacks: { jwt: ({ token, user }) => (user ? { sub: user.id, ...versionOf(user) } : token) },
    logger: {
      error: (code, metadata) =>
        logger.error({ code, err: metadata instanceof Error ? metadata : undefined }, 'next-auth'),
      warn: (code) => logger.warn({ code }, 'next-auth'),
      debug: () => {},
    },
  };
  return options;
}

/** next-auth puts the message of whatever is thrown here into its answer, so nothing but a code may leave. */
async function authorizeOrHide(credentials: unknown) {
  try {
    return await authenticate(db(), credentials);
  } catch (error) {
    logger.error({ err: error }, 'sign-in failed');
    throw new Error('unavailable');
  }
}

const versionOf = (user: unknown) => z.object({ sessionVersion: z.int() }).parse(user);
