import { expect, test } from 'vitest';
import { providerInputSchema, providersInputSchema } from './inputs.ts';

const valid = { kind: 'openai', key: 'sk-abc', models: ['gpt-5'] };

test('a provider of the catalog with a key and models is accepted', () => {
  expect(providerInputSchema.parse(valid)).toEqual(valid);
});

test('an empty key means that the stored one stays', () => {
  expect(providerInputSchema.parse({ ...valid, key: '' }).key).toBeUndefined();
});

test.each([
  ['kindUnknown', { kind: 'unknown' }],
  ['kindUnknown', { kind: 'toString' }],
  ['keyCharacters', { key: 'sk-abc\n' }],
  ['keyCharacters', { key: 'sk-abc\r\nx-evil: 1' }],
  ['keyCharacters', { key: ' sk-abc' }],
  ['keyCharacters', { key: 'sk-ä' }],
  ['keyTooLong', { key: 'k'.repeat(4097) }],
  ['modelRequired', { models: [] }],
  ['modelRequired', { models: [' '] }],
  ['modelTwice', { models: ['a', 'a'] }],
  ['modelTwice', { models: ['m\u00f4', 'mo\u0302'] }],
  ['modelCharacters', { models: ['a?b'] }],
  ['modelCharacters', { models: ['a//b'] }],
  ['modelCharacters', { models: ['/a'] }],
  ['modelCharacters', { models: ['a/../b'] }],
  ['modelCharacters', { models: ['a%2fb'] }],
  ['modelTooLong', { models: ['m'.repeat(201)] }],
  ['endpointRequired', { kind: 'openai-compatible' }],
  ['endpointInvalid', { kind: 'openai-compatible', endpoint: 'nonsense' }],
  ['endpointInvalid', { kind: 'openai-compatible', endpoint: 'ftp://example.com' }],
  ['endpointInvalid', { kind: 'openai-compatible', endpoint: 'https://u:p@example.com' }],
  ['endpointInvalid', { kind: 'openai-compatible', endpoint: 'https://example.com/?a=1' }],
  ['timeoutRange', { firstByteTimeoutSeconds: 0 }],
  ['timeoutRange', { firstByteTimeoutSeconds: 3_601 }],
  ['timeoutRange', { idleTimeoutSeconds: 1.5 }],
  ['timeoutRange', { idleTimeoutSeconds: Number.NaN }],
  ['timeoutRange', { idleTimeoutSeconds: '30' }],
  ['headerNameCharacters', { kind: 'openai-compatible', endpoint: 'https://example.com', headerName: 'x y' }],
  ['headerNameReserved', { kind: 'openai-compatible', endpoint: 'https://example.com', headerName: 'Host' }],
  [
    'headerNameReserved',
    { kind: 'openai-compatible', endpoint: 'https://example.com', headerName: 'Transfer-Encoding' },
  ],
])('%s is a field error (%#)', (message, change) => {
  const result = providerInputSchema.safeParse({ ...valid, ...change });
  expect(result.error?.issues.map((issue) => issue.message)).toContain(message);
});

test.each([
  ['https://EXAMPLE.com:443/', 'https://example.com'],
  ['https://example.com/a/../v1/?', 'https://example.com/v1'],
  ['https://example.com/v1#', 'https://example.com/v1'],
  ['https://@example.com/v1', 'https://example.com/v1'],
])('the endpoint %s is kept as %s', (endpoint, kept) => {
  expect(providerInputSchema.parse({ ...valid, kind: 'openai-compatible', endpoint }).endpoint).toBe(kept);
});

test('a provider twice is an error at the second', () => {
  const result = providersInputSchema.safeParse([valid, { ...valid, key: 'sk-other' }]);
  expect(result.error?.issues).toMatchObject([{ path: [1, 'kind'], message: 'providerTwice' }]);
});

test('models with a slash, as aggregators name them, are accepted', () => {
  const models = ['gemini/gemini-2.5-flash-lite', 'qwen/qwen3-32b:free', 'meta.llama-3@v1', 'mô hình [1m]', 'mo\u0302'];
  expect(providerInputSchema.parse({ ...valid, models }).models).toEqual(models);
});
