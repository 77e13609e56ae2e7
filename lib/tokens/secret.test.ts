import { expect, test } from 'vitest';
import { displayCharsOf, generateToken, hashToken, isWellFormedToken } from './secret.ts';

test('a token has the form that secret scanners look for', () => {
  expect(generateToken()).toMatch(/^lk_[0-9A-Za-z]{49}$/);
});

test('a new token is well formed, and no two are alike', () => {
  const tokens = Array.from({ length: 1000 }, generateToken);
  expect(tokens.every(isWellFormedToken)).toBe(true);
  expect(new Set(tokens).size).toBe(1000);
});

test('a token with any one character changed is refused without a lookup', () => {
  const token = generateToken();
  for (let i = 0; i < token.length; i++) {
    const other = token[i] === 'A' ? 'B' : 'A';
    expect(isWellFormedToken(token.slice(0, i) + other + token.slice(i + 1))).toBe(false);
  }
});

test.each(['', 'lk_', `${generateToken()} `, generateToken().toLowerCase(), 'ｌｋ_'.padEnd(52, 'a')])(
  '%j is refused',
  (value) => {
    expect(isWellFormedToken(value)).toBe(false);
  },
);

test('the checksum is CRC-32 in base62, so that others can verify it', () => {
  // CRC-32 of `lk_` and 43 zeros is 0x90b7ba7c; computed with Python's zlib.
  expect(isWellFormedToken(`lk_${'0'.repeat(43)}2eJTI4`)).toBe(true);
});

test('display characters tell tokens apart and give away eight of forty-nine', () => {
  const token = generateToken();
  expect(displayCharsOf(token)).toEqual({ firstChars: token.slice(3, 7), lastChars: token.slice(48) });
});

test('the hash is SHA-256', () => {
  expect(hashToken('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
