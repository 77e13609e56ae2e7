import { expect, test } from 'vitest';
import { safeReturnPath, signInPath } from './return-path.ts';

test('a page of the console is where one returns to', () => {
  expect(safeReturnPath('/gateways/1/tokens?page=2#top')).toBe('/gateways/1/tokens?page=2#top');
});

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '/\t/evil.example',
  '/\n//evil.example',
  'javascript:alert(1)',
  'gateways',
  '',
  undefined,
  ['/gateways/1'],
])('another origin is never returned to: %j', (wanted) => {
  expect(safeReturnPath(wanted)).toBe('/gateways');
});

test.each([
  '/',
  '/sign-in',
  '/sign-in?next=/x',
  '/api/auth/csrf',
  '/gateway/user-1-a/x',
  '/audit/export',
  '/gateways/1/tokens/export?q=x',
])('what is no page behind the sign-in is not returned to: %s', (wanted) => {
  expect(safeReturnPath(wanted)).toBe('/gateways');
});

test('dots cannot climb to an address that was refused', () => {
  expect(safeReturnPath('/gateways/../api/auth/csrf')).toBe('/gateways');
  expect(safeReturnPath('/gateways/..//evil.example')).toBe('/gateways');
});

test('the sign-in page is told the way back', () => {
  expect(signInPath('/gateways/1/tokens?page=2')).toBe('/sign-in?next=%2Fgateways%2F1%2Ftokens%3Fpage%3D2');
  expect(signInPath(null)).toBe('/sign-in');
});
