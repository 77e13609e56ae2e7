import { expect, test } from 'vitest';
import { corsOriginsSchema, readCorsOrigins, splitCorsOrigins } from './cors-origins.ts';

const read = (text: string) => readCorsOrigins(splitCorsOrigins(text));

test.each([
  ['https://app.example.com', 'https://app.example.com'],
  ['https://app.example.com/', 'https://app.example.com'],
  ['HTTPS://App.Example.COM:443', 'https://app.example.com'],
  ['http://localhost:5173', 'http://localhost:5173'],
  ['http://localhost:80', 'http://localhost'],
  ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
  ['http://192.168.001.010', 'http://192.168.1.8'],
  ['chrome-extension://abcdefghijklmnop', 'chrome-extension://abcdefghijklmnop'],
  ['tauri://localhost', 'tauri://localhost'],
  ['*', '*'],
])('%s is the origin %s', (typed, origin) => {
  expect(read(typed)).toEqual({ origins: [origin] });
});

test.each([
  ['app.example.com', 'scheme'],
  ['localhost:5173', 'scheme'],
  ['null', 'scheme'],
  ['//app.example.com', 'scheme'],
  ['https://*.example.com', 'wildcard'],
  ['https://example.com:*', 'wildcard'],
  ['*.example.com', 'wildcard'],
  ['https://app.example.com/chat', 'extra'],
  ['https://app.example.com//', 'extra'],
  ['https://app.example.com/?', 'extra'],
  ['https://app.example.com?', 'extra'],
  ['https://app.example.com#', 'extra'],
  ['https://user@app.example.com', 'extra'],
  ['https://app.example.com\\x', 'extra'],
  ['https://', 'malformed'],
  ['https://app.example.com:99999', 'malformed'],
  ['https://exa%mple.com', 'malformed'],
  ['app://bücher.example', 'malformed'],
  ['file://host', 'malformed'],
  ['ws://app.example.com', 'malformed'],
  [`https://${'a'.repeat(300)}.example`, 'malformed'],
])('%s is refused: %s', (typed, code) => {
  expect(read(`https://good.example\n${typed}`)).toEqual({ problem: { code, entry: typed } });
});

test('a list is typed in lines, with spaces or commas; each origin is kept once, and none is a list too', () => {
  expect(read(' https://b.example,\r\nhttps://a.example\thttps://B.example:443\n\n')).toEqual({
    origins: ['https://b.example', 'https://a.example'],
  });
  expect(read(' \n')).toEqual({ origins: [] });
});

test('at most 50 different ones', () => {
  const some = Array.from({ length: 50 }, (_, index) => `https://app${index}.example`);
  expect(readCorsOrigins([...some, 'https://app0.example'])).toEqual({ origins: some });
  expect(readCorsOrigins([...some, 'https://one-more.example'])).toEqual({ problem: { code: 'tooMany', entry: '' } });
});

test('what is stored is what was parsed, so that it is parsed alike again', () => {
  const origins = corsOriginsSchema.parse(['https://bücher.example:443/', '*', 'http://[0:0::1]']);
  expect(corsOriginsSchema.parse(origins)).toEqual(origins);
});
