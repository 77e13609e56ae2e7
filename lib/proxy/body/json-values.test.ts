import { expect, test } from 'vitest';
import { JsonModelScanner } from './json-model.ts';

const WANTED = new Map([
  ['store', 'store'],
  ['previous_response_id', 'previous_response_id'],
  ['cachedcontent', 'cachedContent'],
]);

function toValues(texts: ReadonlyMap<string, string>): Record<string, unknown> {
  return Object.fromEntries([...texts].map(([key, text]) => [key, JSON.parse(text)]));
}

/** The values of the wanted keys, in one piece and byte by byte; a text says why there are none. */
function read(body: string): Record<string, unknown> | string {
  const results = [1e9, 1, 3].map((size) => {
    const scanner = new JsonModelScanner(WANTED);
    const chunks: Buffer[] = [];
    const bytes = Buffer.from(body);
    for (let at = 0; at < bytes.length; at += size) {
      chunks.push(bytes.subarray(at, at + size));
      scanner.push(bytes.subarray(at, at + size));
    }
    const found = scanner.finish(chunks);
    return found.kind === 'ambiguous' ? found.reason : toValues(scanner.values(chunks));
  });
  const [whole = '', ...others] = results;
  for (const other of others) expect(other).toEqual(whole);
  return whole;
}

test.each<[string, Record<string, unknown>]>([
  ['{"store":false}', { store: false }],
  ['{ "store" : true , "model":"m"}', { store: true }],
  ['{"model":"m","previous_response_id":"resp_1"}', { previous_response_id: 'resp_1' }],
  ['{"previous_response_id":"a\\"},:b","store":null}', { previous_response_id: 'a"},:b', store: null }],
  ['{"previous_response_id":{"id":["x",{"store":1}]},"n":1}', { previous_response_id: { id: ['x', { store: 1 }] } }],
  ['{"prev\\u0069ous_response_id":"resp_1"}', { previous_response_id: 'resp_1' }],
  ['{"cachedContent":"cachedContents/1"}', { cachedContent: 'cachedContents/1' }],
  ['{"input":[{"store":true}],"metadata":{"previous_response_id":"x"}}', {}],
  ['[{"store":true}]', {}],
])('of %s', (body, values) => {
  expect(read(body)).toEqual(values);
});

test.each([
  '{"store":true,"store":false}',
  '{"Store":true}',
  '{"previous_response_id":"a","model":"m","PREVIOUS_RESPONSE_ID":"b"}',
  '{"previous_response_id":"a","previous_response_\\u0069d":"b"}',
])('%s can be read in two ways', (body) => {
  expect(read(body)).toMatch(/^The body names `\w+` twice\.$/);
});

test('a value that is too long to be parsed in one go is refused, and what nobody wants may be longer', () => {
  const ofKiB = (kib: number) => `["${'x'.repeat(kib * 1_024)}"]`;
  expect(read(`{"previous_response_id":${ofKiB(256)}}`)).toBe(
    '`previous_response_id` in the body is longer than 256 KiB.',
  );
  expect(read(`{"store":${' '.repeat(256 * 1_024)}true}`)).toBe('`store` in the body is longer than 256 KiB.');
  expect(read(`{"store":true,"input":${ofKiB(257)}}`)).toEqual({ store: true });
});
