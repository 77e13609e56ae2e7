/** `proxy.ts` tells pages in this header what was asked for; it overwrites what a client sends. */
export const REQUEST_PATH_HEADER = 'x-latchkey-path';

const HOME = '/gateways';
const ANY_ORIGIN = 'http://console.invalid';

/**
 * Where to go after signing in. `wanted` comes from the address bar, so anything but a path of this console becomes
 * the home page: an open redirect would send a user who just typed a password to somebody else's page.
 */
export function safeReturnPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return HOME;
  // Parsed as the browser will parse it: `//host`, `/\host` and `/<tab>/host` are other origins.
  const target = URL.parse(wanted, ANY_ORIGIN);
  if (target?.origin !== ANY_ORIGIN) return HOME;
  // Removing dots may have left two slashes in front, which would name a host.
  // Nor a file, which a link would otherwise hand to whoever has just signed in.
  const isPage = !/^\/($|\/|(sign-in|api|gateway)(\/|$))|\/export\/?$/.test(target.pathname);
  return isPage ? target.pathname + target.search + target.hash : HOME;
}

/** The sign-in page's address, with the way back to `wanted`. */
export function signInPath(wanted: string | null): string {
  const next = safeReturnPath(wanted);
  return next === HOME ? '/sign-in' : `/sign-in?${new URLSearchParams({ next })}`;
}
