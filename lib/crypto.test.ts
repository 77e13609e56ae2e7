import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { decrypt, deriveKey, encrypt, KEY_PURPOSES } from '#lib/crypto.ts';

const secret = randomBytes(32).toString('base64');
const key = deriveKey(secret, 'provider-key-encryption');

test('what was encrypted for a row opens for that row', () => {
  expect(decrypt(encrypt('sk-người-dùng', key, 'row-1'), key, 'row-1')).toBe('sk-người-dùng');
});

test('a ciphertext moved to another row does not open', () => {
  const sealed = encrypt('sk-secret', key, 'row-1');
  expect(() => decrypt(sealed, key, 'row-2')).toThrow();
});

test('a ciphertext with any byte changed does not open', () => {
  const sealed = encrypt('sk-secret', key, 'row-1');
  for (let i = 0; i < sealed.length; i++) {
    const changed = Uint8Array.from(sealed, (byte, at) => (at === i ? byte ^ 1 : byte));
    expect(() => decrypt(changed, key, 'row-1')).toThrow();
  }
});

test('the same text encrypted twice differs', () => {
  expect(encrypt('a', key, 'r')).not.toEqual(encrypt('a', key, 'r'));
});

test('each purpose has a key of its own, and none is the secret itself', () => {
  const keys = [secret, ...KEY_PURPOSES.map((purpose) => deriveKey(secret, purpose).toString('base64'))];
  expect(new Set(keys).size).toBe(KEY_PURPOSES.length + 1);
});
