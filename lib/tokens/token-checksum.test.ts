import { expect, test } from 'vitest';
import { generateToken } from './secret.ts';
import { hasValidChecksum } from './token-checksum.ts';

test('every token that is made passes', () => {
  for (let count = 0; count < 200; count++) expect(hasValidChecksum(generateToken())).toBe(true);
});

test('one other character anywhere, and it does not', () => {
  const token = generateToken();
  for (let at = 3; at < token.length; at++) {
    const other = token[at] === 'a' ? 'b' : 'a';
    expect(hasValidChecksum(token.slice(0, at) + other + token.slice(at + 1))).toBe(false);
  }
});
