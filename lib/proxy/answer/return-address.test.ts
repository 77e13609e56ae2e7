import { expect, test } from 'vitest';
import { geminiNative } from '#lib/providers/facts/gemini-native.ts';
import { ReturnAddress } from './return-address.ts';

const toGateway = (rest: string, query: string) => `https://gw.example/gemini${rest}${query}`;
const google = new ReturnAddress(geminiNative, { origin: 'https://google.example', path: '/' }, toGateway);
const below = new ReturnAddress(geminiNative, { origin: 'http://127.0.0.1:9', path: '/g/' }, toGateway);

test.each([
  ['X-Goog-Upload-URL', '/upload/v1beta/files?upload_id=a%2F~b&x=%zz&upload_protocol=resumable'],
  ['x-goog-upload-control-url', '/upload/v1/files?upload_id=a'],
])('%s leads to the same path and query bytes at the gateway', (name, rest) => {
  const others = ['Content-Length', '0'];
  expect(google.rewrite([...others, name, `https://google.example${rest}`, ...others])).toEqual([
    ...others,
    name,
    `https://gw.example/gemini${rest}`,
    ...others,
  ]);
  expect(below.rewrite([name, `http://127.0.0.1:9/g${rest}`])).toEqual([name, `https://gw.example/gemini${rest}`]);
});

test.each([
  'https://evil.example/upload/v1beta/files?upload_id=a',
  'http://google.example/upload/v1beta/files?upload_id=a',
  'https://google.example:444/upload/v1beta/files?upload_id=a',
  'https://google.example@evil.example/upload/v1beta/files',
  'https://google.example/elsewhere?upload_id=a',
  '/upload/v1beta/files',
  '',
])('%j would take the client elsewhere, and is left out', (value) => {
  expect(google.rewrite(['x-goog-upload-url', value, 'a', 'b'])).toEqual(['a', 'b']);
});

test('what is not below the base is left out', () => {
  expect(below.rewrite(['x-goog-upload-url', 'http://127.0.0.1:9/upload/v1beta/files'])).toEqual([]);
  expect(below.rewrite(['x-goog-upload-url', 'http://127.0.0.1:9/gx/upload/v1beta/files'])).toEqual([]);
});

test('other headers that hold addresses stay as they are', () => {
  const lines = ['location', 'https://google.example/upload/v1beta/files'];
  expect(google.rewrite(lines)).toBe(lines);
});
