import { expect, test } from 'vitest';
import { knownTimeZone, negotiateLocale } from './negotiate.ts';

test('what the reader chose wins over what the browser asks for', () => {
  expect(negotiateLocale('vi', 'en-GB')).toBe('vi');
});

test.each([
  ['vi-VN,vi;q=0.9,en;q=0.8', 'vi'],
  ['en;q=0.2, vi;q=0.9', 'vi'],
  ['fr, de;q=0.9, vi;q=0.1', 'vi'],
  ['vi;q=0, en', 'en'],
  ['fr', 'en'],
  ['*', 'en'],
  ['vi;q=x,,;;=', 'en'],
  [null, 'en'],
])('Accept-Language %j gives %s', (header, locale) => {
  expect(negotiateLocale(undefined, header)).toBe(locale);
});

test('a cookie with another language is passed over', () => {
  expect(negotiateLocale('xx', 'vi')).toBe('vi');
});

test('a time zone that nobody knows is UTC', () => {
  expect(knownTimeZone('Asia/Ho_Chi_Minh')).toBe('Asia/Ho_Chi_Minh');
  expect(knownTimeZone('Asia/Saigon')).toBe('Asia/Saigon');
  expect(knownTimeZone('Mars/Olympus')).toBe('UTC');
  expect(knownTimeZone(undefined)).toBe('UTC');
});
