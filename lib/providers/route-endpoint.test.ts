import { expect, test } from 'vitest';
import { anthropic } from './facts/anthropic.ts';
import { deepseek } from './facts/deepseek.ts';
import { gemini } from './facts/gemini.ts';
import { openai } from './facts/openai.ts';
import { openaiCompatible } from './facts/openai-compatible.ts';
import { routeEndpoint } from './route-endpoint.ts';

const CALLED = { method: 'POST', origin: 'https://a.example', path: '/' };

test.each([
  [openai, '/v1', '/chat/completions', '/v1/chat/completions', 'authorization'],
  [openai, '/v1', '/v1/chat/completions', '/v1/chat/completions', 'authorization'],
  [openai, '/v1', '/v1/v1/chat/completions', '/v1/chat/completions', 'authorization'],
  [openai, '/v1', '/v1', '/v1', 'authorization'],
  [openai, '/v1/', '/responses', '/v1/responses', 'authorization'],
  [openai, '/v1', '/v10/x', '/v1/v10/x', 'authorization'],
  [deepseek, '/', '/chat/completions', '/chat/completions', 'authorization'],
  [deepseek, '/', '/v1/chat/completions', '/v1/chat/completions', 'authorization'],
  [deepseek, '/', '/v1/v1/chat/completions', '/v1/chat/completions', 'authorization'],
  [deepseek, '/', '/beta/completions', '/beta/completions', 'authorization'],
  [deepseek, '/', '', '/', 'authorization'],
  [deepseek, '/', '/v1/messages', '/anthropic/v1/messages', 'x-api-key'],
  [deepseek, '/', '/messages', '/anthropic/v1/messages', 'x-api-key'],
  [deepseek, '/', '/anthropic/v1/messages', '/anthropic/v1/messages', 'x-api-key'],
  [deepseek, '/v1', '/v1/messages', '/v1/messages', 'x-api-key'],
  [deepseek, '/v1', '/v1/chat/completions', '/v1/chat/completions', 'authorization'],
  [anthropic, '/v1', '/v1/messages', '/v1/messages', 'x-api-key'],
  [anthropic, '/v1', '/messages', '/v1/messages', 'x-api-key'],
  [anthropic, '/v1', '/v1/v1/messages', '/v1/messages', 'x-api-key'],
  [anthropic, '/v1', '/v1/messages/count_tokens', '/v1/messages/count_tokens', 'x-api-key'],
  [anthropic, '/v1', '/chat/completions', '/v1/chat/completions', 'authorization'],
  [anthropic, '/v1', '/v1/chat/completions', '/v1/chat/completions', 'authorization'],
  [gemini, '/', '/v1beta/models/g:generateContent', '/v1beta/models/g:generateContent', 'x-goog-api-key'],
  [gemini, '/', '/v1/models/g:streamGenerateContent', '/v1/models/g:streamGenerateContent', 'x-goog-api-key'],
  [gemini, '/', '/v1beta/v1beta/models/g:predict', '/v1beta/models/g:predict', 'x-goog-api-key'],
  [gemini, '/', '/v1/v1beta/interactions', '/v1beta/interactions', 'x-goog-api-key'],
  [gemini, '/', '/v1/interactions', '/v1/interactions', 'x-goog-api-key'],
  [gemini, '/', '/v1/neverHeardOf/x:y', '/v1/neverHeardOf/x:y', 'x-goog-api-key'],
  [gemini, '/', '/v1alpha/auth_tokens', '/v1alpha/auth_tokens', 'x-goog-api-key'],
  [gemini, '/', '/v1beta/chat/completions', '/v1beta/chat/completions', 'x-goog-api-key'],
  [gemini, '/', '/upload/v1/files', '/upload/v1/files', 'x-goog-api-key'],
  [gemini, '/', '/download/v1beta/files/x:download', '/download/v1beta/files/x:download', 'x-goog-api-key'],
  [gemini, '/', '/v1/files', '/v1/files', 'x-goog-api-key'],
  [gemini, '/g', '/v1beta/cachedContents', '/g/v1beta/cachedContents', 'x-goog-api-key'],
  [gemini, '/', '/chat/completions', '/v1beta/openai/chat/completions', 'authorization'],
  [gemini, '/', '/v1/chat/completions', '/v1beta/openai/chat/completions', 'authorization'],
  [gemini, '/', '/v1/v1/embeddings', '/v1beta/openai/embeddings', 'authorization'],
  [gemini, '/', '/v1beta/openai/chat/completions', '/v1beta/openai/chat/completions', 'authorization'],
  [gemini, '/', '/v1beta/openai/v1/models', '/v1beta/openai/models', 'authorization'],
  [
    gemini,
    '/',
    '/v1beta/openai/v1beta/openai/images/generations',
    '/v1beta/openai/images/generations',
    'authorization',
  ],
  [openaiCompatible, '/v1', '/v1/chat/completions', '/v1/chat/completions', 'authorization'],
  [openaiCompatible, '/', '/v1/chat/completions', '/v1/chat/completions', 'authorization'],
  [openaiCompatible, '/api/openai/v1', '/embeddings', '/api/openai/v1/embeddings', 'authorization'],
])('$label: base %s and endpoint %s', (facts, path, endpoint, expected, header) => {
  const route = routeEndpoint(facts, { host: 'a.example', path }, endpoint);
  expect([route.path, Object.keys(route.credential.sign('k', CALLED))]).toEqual([expected, [header]]);
});

test("Anthropic's own API gets a version if the client sends none; its OpenAI-style API needs none", () => {
  const base = { host: 'a.example', path: '/v1' };
  expect(routeEndpoint(anthropic, base, '/messages').defaultHeaders).toEqual({ 'anthropic-version': '2023-06-01' });
  expect(routeEndpoint(anthropic, base, '/chat/completions').defaultHeaders).toEqual({});
});
