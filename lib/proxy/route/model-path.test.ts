import { expect, test } from 'vitest';
import { matchModel } from './model-path.ts';

const models = ['gemini', 'gemini/gemini-2.5-flash', 'gemini/gemini-2.5-flash-lite', 'free:1', 'mô-hình'];

test.each([
  ['/gemini/gemini-2.5-flash-lite/v1/chat/completions', 'gemini/gemini-2.5-flash-lite', '/v1/chat/completions'],
  ['/gemini/gemini-2.5-flash/v1', 'gemini/gemini-2.5-flash', '/v1'],
  ['/gemini/gemini-2.5-flash-li/v1', 'gemini', '/gemini-2.5-flash-li/v1'],
  ['/gemini', 'gemini', ''],
  ['/gemini/', 'gemini', '/'],
  ['/gemini//x', 'gemini', '//x'],
  ['/free%3A1/x%20y', 'free:1', '/x%20y'],
  ['/m%C3%B4-h%C3%ACnh/x', 'mô-hình', '/x'],
])('%s → %s, %s', (path, model, endpoint) => {
  expect(matchModel(models, path)).toEqual({ model, endpoint });
});

test.each(['', '/', '/gemin/x', '/gemini-2.5-flash/x', '/GEMINI/x', '//gemini', '/%ff/x', '/x'.repeat(5000)])(
  'no model in %j',
  (path) => {
    expect(matchModel(models, path)).toBeNull();
  },
);
