import { expect, test } from 'vitest';
import { KNOWN_BROWSER_SECONDS, openKnownBrowser, sealKnownBrowser } from './known-browser.ts';

const key = Buffer.alloc(32, 'a');
const EMAIL = 'admin@example.com';

test('a browser is known to the user who has signed in with it, and each sign-in makes another', () => {
  const one = sealKnownBrowser(key, EMAIL);
  const other = sealKnownBrowser(key, EMAIL);
  expect(openKnownBrowser(key, one, EMAIL)).toMatch(/^[0-9a-f-]{36}$/);
  expect(openKnownBrowser(key, one, EMAIL)).not.toBe(openKnownBrowser(key, other, EMAIL));
  expect(one).not.toContain('admin');
});

test('not to another user, under another secret, nor for ever', () => {
  const sealed = sealKnownBrowser(key, EMAIL, 1_000_000);
  expect(openKnownBrowser(key, sealed, 'other@example.com', 1_000_000)).toBeNull();
  expect(openKnownBrowser(Buffer.alloc(32, 'b'), sealed, EMAIL, 1_000_000)).toBeNull();
  expect(openKnownBrowser(key, sealed, EMAIL, 1_000_000 + KNOWN_BROWSER_SECONDS * 1000 - 1)).not.toBeNull();
  expect(openKnownBrowser(key, sealed, EMAIL, 1_000_000 + KNOWN_BROWSER_SECONDS * 1000)).toBeNull();
});

test('what was not sealed here is no browser', () => {
  const [id = '', madeAt = '', mac = ''] = sealKnownBrowser(key, EMAIL).split('.');
  const later = String(Number(madeAt) + 1);
  const forged = [
    undefined,
    '',
    '..',
    id,
    `${id}.${madeAt}`,
    `${id}.${madeAt}.`,
    `${id}.${later}.${mac}`,
    `${crypto.randomUUID()}.${madeAt}.${mac}`,
    `${id}.${madeAt}.${mac}x`,
    `${id}.${madeAt}.${mac.slice(0, -1)}é`,
    `${id}.${madeAt}.${mac}.${mac}`,
    `${id}.1e9.${mac}`,
  ];
  expect(forged.filter((sealed) => openKnownBrowser(key, sealed, EMAIL) !== null)).toEqual([]);
});
