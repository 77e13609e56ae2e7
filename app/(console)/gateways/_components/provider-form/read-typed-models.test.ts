import { expect, test } from 'vitest';
import { readTypedModels } from './read-typed-models.ts';

test.each([
  ['gpt-5', ['gpt-5'], null],
  ['  gpt-5  ', ['gpt-5'], null],
  ['', [], null],
  [' , ', [], null],
  ['a, b\nc', ['a', 'b', 'c'], null],
  ['a,a', ['a'], null],
  ['qwen/qwen3-32b:free', ['qwen/qwen3-32b:free'], null],
  ['known', ['known'], 'modelTwice'],
  ['"known"', ['known'], 'modelTwice'],
  ['"my model", "a,b" c', ['my model', 'a,b', 'c'], null],
  ['"say ""hi"" to"', ['say "hi" to'], null],
  ['a"b"c "d', ['a"b"c', '"d'], null],
  ['mô-hình ~x/[1m]', ['mô-hình', '~x/[1m]'], null],
  ['""', ['""'], null],
  ['a?b', ['a?b'], 'modelCharacters'],
  ['a/../b', ['a/../b'], 'modelCharacters'],
  ['m'.repeat(201), ['m'.repeat(201)], 'modelTooLong'],
])('%j', (typed, names, problem) => {
  expect(readTypedModels(typed, ['known'])).toEqual({ names, problem });
});
