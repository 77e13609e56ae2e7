import { deriveKey } from '#lib/crypto.ts';
import { serverEnv } from '#lib/env.ts';
import { KNOWN_BROWSER_SECONDS } from './known-browser.ts';

/** Sessions do not grow older than a working day; nothing prolongs them. */
export const SESSION_MAX_AGE_SECONDS = 12 * 60 * 60;

/** Name and attributes of the session cookie. Under https its name binds it to this host (RFC 6265bis §4.1.3.2). */
export function sessionCookie() {
  const secure = serverEnv().CONSOLE_ORIGIN?.startsWith('https:') ?? false;
  return {
    name: secure ? '__Host-latchkey.session' : 'latchkey.session',
    options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure },
  };
}

/** Keeps what `sealKnownBrowser` makes. Unlike the session it outlives signing out. */
export function knownBrowserCookie() {
  const { secure } = sessionCookie().options;
  return {
    name: secure ? '__Host-latchkey.browser' : 'latchkey.browser',
    options: { httpOnly: true, sameSite: 'strict' as const, path: '/', secure, maxAge: KNOWN_BROWSER_SECONDS },
  };
}

/** next-auth's cookie for an address to return to. Nothing here reads it. */
export function returnCookie() {
  const { name: _sessionName, ...rest } = sessionCookie();
  return { name: 'latchkey.return', ...rest };
}

/** The key that session cookies are encrypted under, as text. */
export function sessionSecret(): string {
  return deriveKey(serverEnv().LATCHKEY_SECRET, 'session').toString('base64');
}
