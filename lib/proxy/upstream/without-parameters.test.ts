import { expect, test } from 'vitest';
import { withoutParameters } from './without-parameters.ts';

test.each([
  ['', ''],
  ['?', '?'],
  ['?key=x', ''],
  ['?key', ''],
  ['?key=x&alt=sse', '?alt=sse'],
  ['?alt=sse&key=x', '?alt=sse'],
  ['?alt=sse&key=x&key=y&$key=z', '?alt=sse'],
  ['?%6bey=x&%24key=y&a', '?a'],
  ['?a=%zz&key=x&b;c&&q=%F0%9F&', '?a=%zz&b;c&&q=%F0%9F&'],
  ['?a=%zz&b;c&&=&A=%2F..%2f', '?a=%zz&b;c&&=&A=%2F..%2f'],
  ['?Key=1&keys=2&a=key=3&=key', '?Key=1&keys=2&a=key=3&=key'],
])('%j becomes %j', (query, expected) => {
  expect(withoutParameters(query, ['key', '$key'])).toBe(expected);
});
