import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { decode, encode } from 'next-auth/jwt';
import { cache } from 'react';
import { z } from 'zod';
import type { Trace } from '#lib/audit/record-access.ts';
import { db } from '#lib/db.ts';
import { findLiveSession, type Session } from './credentials.ts';
import { endSessions } from './end-sessions.ts';
import { REQUEST_PATH_HEADER, signInPath } from './return-path.ts';
import { SESSION_MAX_AGE_SECONDS, sessionCookie, sessionSecret } from './session-cookie.ts';
import { traceOf, visitorOf } from './visitor.ts';

/**
 * The session of this request, or null. The database is asked once per request: a cookie alone proves nothing, since
 * its session may have been ended. Server actions use this one and answer in words, because a redirect would take
 * away what the user has typed.
 */
export const findSession = cache(async (): Promise<Session | null> => {
  const cookie = (await cookies()).get(sessionCookie().name);
  return cookie ? findLiveSession(db(), await readClaims(cookie.value)) : null;
});

/** The session of this request. Without one, the browser goes to sign in, and comes back to the page it asked for. */
export async function requireSession(): Promise<Session> {
  const session = await findSession();
  if (session) return session;
  redirect(signInPath((await headers()).get(REQUEST_PATH_HEADER)));
}

/** Ends the sessions of this request's user and drops the cookie. */
export async function signOut(): Promise<void> {
  const session = await findSession();
  if (session) await endSessions(db(), session, await requestTrace());
  const { name, options } = sessionCookie();
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}

/** From where this request came, as far as it is kept. */
export async function requestTrace(): Promise<Trace> {
  return traceOf(visitorOf(await headers()));
}

/** Gives this browser the cookie of a session that goes on where all others ended. It lives no longer for that. */
export async function continueSession({ userId, sessionVersion }: Session): Promise<void> {
  const { name, options } = sessionCookie();
  const jar = await cookies();
  const { exp } = expirySchema.parse(await readClaims(jar.get(name)?.value ?? ''));
  const maxAge = Math.min(exp - Math.floor(Date.now() / 1000), SESSION_MAX_AGE_SECONDS);
  const token = await encode({ token: { sub: userId, sessionVersion }, secret: sessionSecret(), maxAge });
  jar.set(name, token, { ...options, maxAge });
}

/** When a cookie ends, seconds since 1970 (RFC 7519 §4.1.4). */
const expirySchema = z.object({ exp: z.int() });

async function readClaims(token: string): Promise<unknown> {
  try {
    return await decode({ token, secret: sessionSecret() });
  } catch {
    // Forged, expired or sealed under another key: the same as no cookie.
    return null;
  }
}
