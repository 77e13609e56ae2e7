import { expect, test } from 'vitest';
import { geminiNative } from './gemini-native.ts';

test.each([
  ['/v1beta/models/m:generateContent', ['m']],
  ['/v1beta/models/m%3AgenerateContent', ['m:generateContent']],
  ['/v1beta/models/%6d:countTokens', ['m']],
  ['/v1beta/%6dodels/m:countTokens', ['m']],
  ['/v1beta/Models/m:countTokens', ['m']],
  ['/v1beta/tunedModels/t:generateContent', ['t']],
  ['/v1/models/m/operations/o', ['m']],
  ['/v1/models/m:x/models/n', ['m', 'n']],
  ['/v1beta/publishers/google/models/m:predict', ['m']],
  ['/v1beta/files', []],
  ['/v1beta/interactions', []],
  ['/upload/v1beta/files', []],
])('%s names the models %j', (path, models) => {
  expect(geminiNative.read(path)?.models).toEqual(models);
});

test.each([
  ['/v1/models', 'models'],
  ['/v1beta/models', 'models'],
  ['/v1beta/v1beta/models', 'models'],
  ['/v1alpha/models/m', 'model'],
  ['/v1beta/models/m:generateContent', null],
  ['/v1beta/models/m/operations', null],
  ['/v1beta/tunedModels', null],
  ['/v1beta/files', null],
])('%s asks about %s', (path, asks) => {
  expect(geminiNative.read(path)?.asks).toBe(asks);
});

test.each([
  '',
  '/',
  '/chat/completions',
  '/models',
  '/v1/chat/completions',
  '/v1/responses',
  '/v1beta/openai/chat/completions',
  '/v1beta/openai/v1beta/models/m:generateContent',
  '/upload/files',
  '/v10/models',
])("%j is no address of Google's own API", (path) => {
  expect(geminiNative.read(path)).toBeNull();
});

test.each([
  ['/v1beta/models', true],
  ['/v1alpha/auth_tokens', true],
  ['/upload/v1/files', true],
  ['/v1/models/m:generateContent', true],
  ['/v1/interactions', true],
  ['/v1/cachedContents/c', true],
  ['/v1/models', false],
  ['/v1/models/openai/gpt-5', false],
  ['/v1/files', false],
  ['/v1/messages', false],
  ['/v1/chat/completions', false],
  ['/v1beta/openai/chat/completions', false],
])('%s at the root of a gateway is its own: %s', (path, answer) => {
  expect(geminiNative.ownsAtRoot(path)).toBe(answer);
});

test('only what goes to /upload is a file', () => {
  expect(geminiNative.read('/upload/v1beta/files')?.takesFiles).toBe(true);
  expect(geminiNative.read('/v1beta/files')?.takesFiles).toBe(false);
  expect(geminiNative.read('/upload/v1beta/models/m:generateContent')?.takesFiles).toBe(false);
  expect(geminiNative.read('/upload/v1beta/interactions')?.takesFiles).toBe(false);
});
