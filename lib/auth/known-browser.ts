import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** For so long a browser is known after its user has signed in. */
export const KNOWN_BROWSER_SECONDS = 90 * 86_400;

const FORM = z.tuple([
  z.uuid(),
  z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number),
  z.string(),
]);

/**
 * What a browser keeps to show that the user `email` has signed in with it before. It opens nothing; it only sets the
 * browser's wrong passwords apart from those of strangers (OWASP, "Slow Down Online Guessing Attacks with Device
 * Cookies").
 *
 * @param key derived for `known-browser`.
 */
export function sealKnownBrowser(key: Buffer, email: string, now = Date.now()): string {
  const id = randomUUID();
  const madeAt = Math.floor(now / 1000);
  return [id, madeAt, macOf(key, id, madeAt, email)].join('.');
}

/** The browser's id; null where `sealed` was not made for this user, or too long ago. */
export function openKnownBrowser(key: Buffer, sealed: string | undefined, email: string, now = Date.now()) {
  const parsed = FORM.safeParse(sealed?.split('.'));
  if (!parsed.success) return null;
  const [id, madeAt, mac] = parsed.data;
  const right = Buffer.from(macOf(key, id, madeAt, email));
  const given = Buffer.from(mac);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  return now / 1000 < madeAt + KNOWN_BROWSER_SECONDS ? id : null;
}

/** The address is in it and not beside it: a cookie that is read tells nobody's. */
function macOf(key: Buffer, id: string, madeAt: number, email: string): string {
  return createHmac('sha256', key).update(`${id}.${madeAt}.${email}`).digest('base64url');
}
