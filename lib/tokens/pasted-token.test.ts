import { afterEach, expect, test, vi } from 'vitest';
import { findPastedToken, hashInBrowser } from './pasted-token.ts';
import { generateToken, hashToken } from './secret.ts';

afterEach(() => vi.unstubAllGlobals());

test('the hash is that which is stored, with and without WebCrypto', async () => {
  const token = generateToken();
  const stored = hashToken(token).toString('hex');
  expect(await hashInBrowser(token)).toBe(stored);
  const { getRandomValues } = crypto;
  vi.stubGlobal('crypto', { getRandomValues });
  expect(await hashInBrowser(token)).toBe(stored);
});

test('a token is recognised in what it was pasted with, and nothing else is taken for one', () => {
  const token = generateToken();
  for (const text of [token, ` ${token}\n`, `Authorization: Bearer ${token}`, `KEY="${token}"`]) {
    expect(findPastedToken(text)).toBe(token);
  }
  for (const text of ['token-user01', token.slice(0, -1), `${token}x`, 'lk_']) expect(findPastedToken(text)).toBeNull();
});

test.each(['', 'lk_', `lk_${'a'.repeat(48)}`, `lk_${'a'.repeat(50)}`, `xlk_${'a'.repeat(49)}`])(
  '%j holds no token',
  (text) => {
    expect(findPastedToken(text)).toBe(null);
  },
);
