import { expect, test } from 'vitest';
import { HeaderLines } from '../headers/header-lines.ts';
import { readBodyFacts } from './body-facts.ts';

const read = (...lines: string[]) => readBodyFacts(new HeaderLines(lines));

test.each([
  [[], { present: false, length: null, json: false, boundary: null, codings: null }],
  [['Content-Length', '0'], { present: false, length: 0, json: false, boundary: null, codings: null }],
  [['Content-Length', '5'], { present: true, length: 5, json: false, boundary: null, codings: null }],
  [['Transfer-Encoding', 'Chunked'], { present: true, length: null, json: false, boundary: null, codings: null }],
])('%j → %j', (lines, facts) => {
  expect(read(...lines)).toEqual({ ...facts, isOtherMultipart: false });
});

test.each([
  'multipart/mixed; boundary=b',
  'multipart/related',
  'multipart/form-data, boundary=b',
  'Multipart/Form-Data boundary=b',
])('%s has parts, and is no form that is understood', (type) => {
  expect(read('content-type', type)).toMatchObject({ isOtherMultipart: true, boundary: null });
});

test.each([
  ['application/json', true],
  ['Application/JSON; charset=utf-8', true],
  ['application/vnd.api+json', true],
  ['text/json', true],
  ['application/jsonl', false],
  ['multipart/form-data; boundary=json', false],
])('%s is JSON: %s', (type, json) => {
  expect(read('content-type', type)).toMatchObject({ json });
});

test.each([
  ['two types', ['content-type', 'text/plain', 'content-type', 'application/json']],
  ['two lengths', ['content-length', '1', 'content-length', '1']],
  ['another transfer coding', ['transfer-encoding', 'gzip, chunked']],
  ['chunked twice', ['transfer-encoding', 'chunked', 'transfer-encoding', 'chunked']],
  ['a coding in a second line', ['content-encoding', 'gzip', 'content-encoding', 'gzip']],
  ['a length beyond numbers', ['content-length', '99999999999999999999']],
])('%s is refused', (_name, lines) => {
  expect(read(...lines)).toMatchObject({ kind: 'own_answer' });
});

test('the codings of a body are read, and not of none', () => {
  expect(read('content-length', '5', 'content-encoding', 'br')).toMatchObject({ codings: ['br'] });
  expect(read('content-length', '5', 'content-encoding', '')).toMatchObject({ codings: [] });
  expect(read('content-length', '0', 'content-encoding', 'compress')).toMatchObject({ codings: null });
  expect(read('content-length', '5', 'content-encoding', 'compress')).toMatchObject({ code: 'unsupported_encoding' });
});
