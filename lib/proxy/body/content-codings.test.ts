import { expect, test } from 'vitest';
import { readCodings } from './content-codings.ts';

test.each([
  ['gzip', ['gzip']],
  ['X-GZip', ['gzip']],
  [' br ', ['br']],
  ['zstd', ['zstd']],
  ['Deflate', ['deflate']],
  ['gzip, br', ['gzip', 'br']],
  ['identity, gzip,,', ['gzip']],
  ['identity', []],
  ['', []],
])('%j is %j', (value, codings) => {
  expect(readCodings(value)).toEqual({ kind: 'codings', codings });
});

test.each([
  'compress',
  'utf-8',
  'gzip;q=1',
  'gzip br',
  'gzip, exi',
  '*',
  'dcb',
  'constructor',
  'gzip, gzip, gzip, gzip',
])('%j is refused with what would be understood', (value) => {
  const refusal = readCodings(value);
  expect(refusal).toMatchObject({ kind: 'own_answer', status: 415, code: 'unsupported_encoding' });
  expect('headers' in refusal && refusal.headers.join()).toContain('accept-encoding,gzip, deflate, br, zstd');
});
