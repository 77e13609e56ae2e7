import { after } from 'next/server';
import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';
import { deriveKey } from '#lib/crypto.ts';
import { db } from '#lib/db.ts';
import { serverEnv } from '#lib/env.ts';
import { logger } from '#lib/logger.ts';
import { returnCookie, SESSION_MAX_AGE_SECONDS, sessionCookie, sessionSecret } from './session-cookie.ts';
import { type SignInResult, SignIns } from './sign-in.ts';
import type { Visitor } from './visitor.ts';

/** How an attempt to sign in ended. next-auth knows only "in" and "not in". */
export type SignInOutcome = SignInResult | { refused: 'unavailable' };

let signIns: SignIns | undefined;

/**
 * The options for one request.
 *
 * @param visitor who sent it.
 * @param onOutcome is told how the attempt to sign in ended, if there was one.
 */
export function authOptions(visitor: Visitor, onOutcome: (outcome: SignInOutcome) => void): AuthOptions {
  return {
    secret: sessionSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_MAX_AGE_SECONDS },
    // Else what is in the cookie is good for 30 days, and so is a copy of it.
    jwt: { maxAge: SESSION_MAX_AGE_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    useSecureCookies: sessionCookie().options.secure,
    cookies: { sessionToken: sessionCookie(), callbackUrl: returnCookie() },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: async (credentials) => {
          const outcome = await attemptSignIn(credentials, visitor);
          onOutcome(outcome);
          return 'user' in outcome ? outcome.user : null;
        },
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
}

/** next-auth would put the message of whatever is thrown into its answer. */
async function attemptSignIn(credentials: unknown, visitor: Visitor): Promise<SignInOutcome> {
  try {
    signIns ??= new SignIns(db(), {
      browserKey: deriveKey(serverEnv().LATCHKEY_SECRET, 'known-browser'),
      defer: after,
    });
    return await signIns.signIn(credentials, visitor);
  } catch (error) {
    logger.error({ err: error }, 'sign-in failed');
    return { refused: 'unavailable' };
  }
}

const versionOf = (user: unknown) => z.object({ sessionVersion: z.int() }).parse(user);
