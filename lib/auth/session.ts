import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { decode } from 'next-auth/jwt';
import { cache } from 'react';
import { db } from '#lib/db.ts';
import { endSessions, findLiveSession, type Session } from './credentials.ts';
import { REQUEST_PATH_HEADER, signInPath } from './return-path.ts';
import { sessionCookie, sessionSecret } from './session-cookie.ts';

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
  if (session) await endSessions(db(), session);
  const { name, options } = sessionCookie();
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}

async function readClaims(token: string): Promise<unknown> {
  try {
    return await decode({ token, secret: sessionSecret() });
  } catch {
    // Forged, expired or sealed under another key: the same as no cookie.
    return null;
  }
}
