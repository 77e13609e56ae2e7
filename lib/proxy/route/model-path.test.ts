import { expect, test } from 'vitest';
import { matchModel } from './model-path.ts';

const models = [
  'mo\u0302/x [1m]',
  '100%',
  'gemini',
  'gemini/gemini-2.5-flash',
  'gemini/gemini-2.5-flash-lite',
  'free:1',
  'mô-hình',
];

test.each([
  ['/gemini/gemini-2.5-flash-lite/v1/chat/completions', 'gemini/gemini-2.5-flash-lite', '/v1/chat/completions'],
  ['/gemini/gemini-2.5-flash/v1', 'gemini/gemini-2.5-flash', '/v1'],
  ['/gemini/gemini-2.5-flash-li/v1', 'gemini', '/gemini-2.5-flash-li/v1'],
  ['/gemini', 'gemini', ''],
  ['/gemini/', 'gemini', '/'],
  ['/gemini//x', 'gemini', '//x'],
  ['/free%3A1/x%20y', 'free:1', '/x%20y'],
  ['/m%C3%B4-h%C3%ACnh/x', 'mô-hình', '/x'],
  ['/mo%CC%82-hi%CC%80nh/x', 'mô-hình', '/x'],
  ['/m%C3%B4/x%20%5B1m%5D/chat', 'mo\u0302/x [1m]', '/chat'],
  ['/mo%CC%82/x%20[1m]/chat', 'mo\u0302/x [1m]', '/chat'],
  ['/100%25/x', '100%', '/x'],
])('%s → %s, %s', (path, model, endpoint) => {
  expect(matchModel(models, path)).toEqual({ model, endpoint });
});

test.each(['', '/', '/gemin/x', '/gemini-2.5-flash/x', '/GEMINI/x', '//gemini', '/%ff/x', '/x'.repeat(5000)])(
  'no model in %j',
  (path) => {
    expect(matchModel(models, path)).toBeNull();
  },
);
