import { expect, test } from 'vitest';
import { trialOf } from './trial-call.ts';

test.each([
  ['openai', 'gpt-5', '/v1/chat/completions', { max_completion_tokens: 1 }],
  ['deepseek', 'deepseek-chat', '/v1/chat/completions', { max_tokens: 1 }],
] as const)('%s gets the limit that it understands', (kind, model, endpoint, body) => {
  const trial = trialOf('openai', kind, model);
  expect(trial).toMatchObject({ endpoint, body: { model, ...body } });
  expect(Object.keys(trial.body)).toHaveLength(3);
});

test.each([
  ['gemini-flash', ':generateContent', { generationConfig: { maxOutputTokens: 1 } }, []],
  ['gemini-embedding-001', ':embedContent', { content: { parts: [{ text: '.' }] } }, []],
  ['imagen-4', ':predict', {}, [400, 415, 422]],
])("Google's %s is called with %s", (model, action, body, goodStatuses) => {
  const trial = trialOf('google', 'gemini', model);
  expect(trial).toMatchObject({ endpoint: `/v1beta/models/${model}${action}`, body, goodStatuses });
});

test('Anthropic is asked for one usage token', () => {
  const messages = [{ role: 'user', content: '.' }];
  expect(trialOf('anthropic', 'anthropic', 'claude')).toEqual({
    endpoint: '/v1/messages',
    body: { model: 'claude', messages, max_tokens: 1 },
    goodStatuses: [],
  });
});
