import { expect, test } from 'vitest';
import { isModelName, modelPathOf } from './model-name.ts';

test.each([
  ['gpt-5', 'gpt-5'],
  ['qwen/qwen3-32b:free', 'qwen/qwen3-32b:free'],
  ['meta.llama-3@v1+fast', 'meta.llama-3@v1+fast'],
  ['~user/model', '~user/model'],
  ['my model', 'my%20model'],
  ['model[1m]', 'model%5B1m%5D'],
  ['a,b=c;d&e', 'a,b=c;d&e'],
  [`it's "new" <1>`, `it's%20%22new%22%20%3C1%3E`],
  ['{a}|b^`', '%7Ba%7D%7Cb%5E%60'],
  ['$(x)*!', '$(x)*!'],
  ['100%', '100%25'],
  ['50%/x', '50%25/x'],
  ['mô-hình', 'm%C3%B4-h%C3%ACnh'],
  ['模型/深度', '%E6%A8%A1%E5%9E%8B/%E6%B7%B1%E5%BA%A6'],
  ['نموذج', '%D9%86%D9%85%D9%88%D8%B0%D8%AC'],
  ['🦙', '%F0%9F%A6%99'],
  ['.hidden/..x/x..', '.hidden/..x/x..'],
])('%s may be a name; in a path it is %s', (name, path) => {
  expect(isModelName(name)).toBe(true);
  expect(modelPathOf(name)).toBe(path);
  expect(decodeURIComponent(path)).toBe(name);
  // What a server does with an address (WHATWG URL) leaves it as it is.
  expect(new URL(`https://gw.example/p/${path}/x`).pathname).toBe(`/p/${path}/x`);
});

test.each([
  ...['a?b', 'a#b', 'a\\b', 'a\0', 'a\nb', 'a\tb', 'a\x7f', 'a\x85b', 'a\u2028b', 'a\u200bb', 'a\u202eb', 'a\ud800b'],
  ...['', '/', '/a', 'a/', 'a//b', '.', '..', '...', 'a/./b', 'a/../b', '../a', 'a/..', 'a/..;x/b', '.;'],
  ...['a%2fb', 'a%2Fb', '%2e%2e', 'a%20b', 'a%00'],
])('%j may not', (name) => {
  expect(isModelName(name)).toBe(false);
});
