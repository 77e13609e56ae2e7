import { expect, test } from 'vitest';
import { traceOf, visitorOf } from './visitor.ts';

test.each([
  ['', null],
  ['   ', null],
  ['Mozilla/5.0 (X11; Linux x86_64)', 'Mozilla/5.0 (X11; Linux x86_64)'],
  ['curl/8.5\r\n{"level":60}', 'curl/8.5{"level":60}'],
  ['\u001b[31mred\u001b[0m', '[31mred[0m'],
  ['a\u0000b\u007fc\u0085d\u009be', 'abcde'],
  ['a\u202eb\u2066c\u200bd\ufeffe\u2028f\u2029g', 'abcdefg'],
  ['a\u00adb\ue000c\u{f0000}d\u{e0001}e', 'abcde'],
  ['a\ud800b', 'a\ufffdb'],
  ['Trình duyệt 浏览器 🦊', 'Trình duyệt 浏览器 🦊'],
  ['x'.repeat(100_000), 'x'.repeat(256)],
])('of the user agent %j is kept %j', (userAgent, kept) => {
  expect(traceOf({ address: '', userAgent }).userAgent).toBe(kept);
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['', null],
  ['unknown', null],
])('of the address %j is kept %j', (address, kept) => {
  expect(traceOf({ address }).network).toBe(kept);
});

test('a request says who sent it', () => {
  const headers = new Headers({ 'x-forwarded-for': '203.0.113.7', 'user-agent': 'curl/8.5' });
  expect(visitorOf(headers, 'sealed')).toEqual({ address: '203.0.113.7', userAgent: 'curl/8.5', browser: 'sealed' });
  expect(visitorOf(new Headers())).toEqual({ address: '', userAgent: '', browser: undefined });
});
