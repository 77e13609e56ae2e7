import { expect, test } from 'vitest';
import { anthropic } from './facts/anthropic.ts';
import { deepseek } from './facts/deepseek.ts';
import { gemini } from './facts/gemini.ts';
import { openai } from './facts/openai.ts';
import { openaiCompatible } from './facts/openai-compatible.ts';
import { routeEndpoint } from './route-endpoint.ts';

test.each([
  [openai, '/v1', '/chat/completions', '/v1/chat/completions', 'authorization'],
  [openai, '/v1', '/v1/chat/completions', '/v1/chat/completions', 'authorization'],
  [openai, '/v1', '/v1', '/v1', 'authorization'],
  [openai, '/v1/', '/responses', '/v1/responses', 'authorization'],
  [openai, '/v1', '/v10/x', '/v1/v10/x', 'authorization'],
  [deepseek, '/', '/chat/completions', '/chat/completions', 'authorization'],
  [deepseek, '/', '/v1/chat/completions', '/v1/chat/completions', 'authorization'],
  [deepseek, '/', '', '/', 'authorization'],
  [anthropic, '/v1', '/v1/messages', '/v1/messages', 'x-api-key'],
  [anthropic, '/v1', '/messages', '/v1/messages', 'x-api-key'],
  [anthropic, '/v1', '/v1/messages/count_tokens', '/v1/messages/count_tokens', 'x-api-key'],
  [anthropic, '/v1', '/chat/completions', '/v1/chat/completions', 'authorization'],
  [anthropic, '/v1', '/v1/chat/completions', '/v1/chat/completions', 'authorization'],
  [gemini, '/', '/v1beta/models/g:generateContent', '/v1beta/models/g:generateContent', 'x-goog-api-key'],
  [gemini, '/', '/v1/models/g:streamGenerateContent', '/v1/models/g:streamGenerateContent', 'x-goog-api-key'],
  [gemini, '/', '/chat/completions', '/v1beta/openai/chat/completions', 'authorization'],
  [gemini, '/', '/v1/chat/completions', '/v1beta/openai/chat/completions', 'authorization'],
  [openaiCompatible, '/v1', '/v1/chat/completions', '/v1/chat/completions', 'authorization'],
  [openaiCompatible, '/', '/v1/chat/completions', '/v1/chat/completions', 'authorization'],
  [openaiCompatible, '/api/openai/v1', '/embeddings', '/api/openai/v1/embeddings', 'authorization'],
])('$label: base %s and endpoint %s', (facts, basePath, endpoint, path, header) => {
  const route = routeEndpoint(facts, basePath, endpoint);
  expect([route.path, route.credential.header]).toEqual([path, header]);
});

test("Anthropic's own API gets a version if the client sends none; its OpenAI-style API needs none", () => {
  expect(routeEndpoint(anthropic, '/v1', '/messages').defaultHeaders).toEqual({ 'anthropic-version': '2023-06-01' });
  expect(routeEndpoint(anthropic, '/v1', '/chat/completions').defaultHeaders).toEqual({});
});
