import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { PROVIDERS, providerKinds } from '../catalog.ts';
import { quoteShell, quoteString } from './literals.ts';
import { useOfModel } from './model-use.ts';
import type { SnippetCall } from './snippet.ts';
import { writeSnippets } from './write-snippets.ts';

const call: SnippetCall = {
  gatewayUrl: 'http://user-1-demo-gateway.ai-gateway.localhost:3000',
  kind: 'deepseek',
  model: 'deepseek-chat',
  reach: 'model',
  token: 'lk_token',
};

function codeOf(id: string, change: Partial<SnippetCall> = {}): string {
  const snippet = writeSnippets({ ...call, ...change }).find((candidate) => candidate.id === id);
  if (!snippet) throw new Error(`there is no snippet ${id}`);
  return snippet.code;
}

const idsOf = (kind: SnippetCall['kind'], model = 'any') => writeSnippets({ ...call, kind, model }).map(({ id }) => id);

const NASTY = [`a'b"c`, '$(id) `id`', 'a\\', 'a\nb', `\${x}`, '#{x}', '\u2028', '"""', '%s {0}', "'; DROP"];

test('every provider has the ways that fit its API and the model', () => {
  const common = ['curl', 'openai-python', 'openai-node'];
  const chat = [...common, 'langchain-python'];
  expect(idsOf('deepseek')).toEqual(chat);
  expect(idsOf('openai-compatible')).toEqual(chat);
  expect(idsOf('openai')).toEqual([...chat, 'responses-python', 'responses-node']);
  expect(idsOf('openai', 'text-embedding-3-small')).toEqual(chat);
  for (const model of ['gpt-image-1', 'gpt-4o-mini-tts', 'whisper-1']) expect(idsOf('openai', model)).toEqual(common);
  expect(idsOf('anthropic')).toEqual([...chat, 'anthropic-node']);
  expect(idsOf('gemini')).toEqual([...chat, 'google-node']);
});

test.each([
  ['openai', 'gpt-5.5', 'chat'],
  ['openai', 'gpt-4o', 'chat'],
  ['openai', 'gpt-4o-transcribe', 'transcription'],
  ['openai', 'whisper-1', 'transcription'],
  ['openai', 'gpt-4o-mini-tts', 'speech'],
  ['openai', 'tts-1-hd', 'speech'],
  ['openai', 'gpt-image-2.6-sunburst', 'image'],
  ['openai', 'dall-e-3', 'image'],
  ['openai', 'text-embedding-3-large', 'embedding'],
  ['openai-compatible', 'black-forest-labs/FLUX.1-dev', 'image'],
  ['openai-compatible', 'nomic-embed-text', 'embedding'],
  ['openai-compatible', 'team/imaginary-chat', 'chat'],
  ['openai-compatible', 'watts-70b', 'chat'],
  ['gemini', 'gemini-embedding-001', 'embedding'],
  ['gemini', 'gemini-2.5-flash-image', 'image'],
  ['gemini', 'gemini-2.5-flash-preview-tts', 'chat'],
] as const)('%s/%s is for %s', (kind, model, use) => {
  expect(useOfModel(kind, model)).toBe(use);
});

test('every model that is offered is known for what it is', () => {
  const others = providerKinds().flatMap((kind) =>
    PROVIDERS[kind].models.filter((model) => useOfModel(kind, model) !== 'chat'),
  );
  expect(others).toEqual([
    'gpt-image-2.6-sunburst',
    'gpt-4o-transcribe',
    'gpt-4o-mini-tts',
    'whisper-1',
    'text-embedding-3-large',
    'text-embedding-3-small',
    'gemini-embedding-001',
  ]);
});

test('with one base URL for all models, each is named with its provider', () => {
  const change = { kind: 'openai-compatible', model: 'team/llama', reach: 'gateway' } as const;
  expect(codeOf('curl', change)).toContain(`${call.gatewayUrl}/v1/chat/completions`);
  expect(codeOf('openai-node', change)).toContain(`baseURL: "${call.gatewayUrl}/v1",`);
  for (const id of ['curl', 'openai-python', 'openai-node', 'langchain-python']) {
    expect(codeOf(id, change)).toContain('"openai-compatible/team/llama"');
  }
  // Their own SDKs append the version themselves.
  const claude = codeOf('anthropic-node', { kind: 'anthropic', model: 'claude', reach: 'gateway' });
  expect(claude).toContain(`baseURL: "${call.gatewayUrl}",`);
  expect(claude).toContain('model: "anthropic/claude",');
  const gemini = codeOf('google-node', { kind: 'gemini', model: 'flash', reach: 'gateway' });
  expect(gemini).toContain(`baseUrl: "${call.gatewayUrl}/gemini"`);
  expect(gemini).toContain('model: "flash",');
});

test('curl is the call of the specification', () => {
  expect(
    codeOf('curl'),
  ).toBe(`curl -X POST 'http://user-1-demo-gateway.ai-gateway.localhost:3000/deepseek/deepseek-chat/chat/completions' \\
  --header 'Authorization: Bearer lk_token' \\
  --header 'Content-Type: application/json' \\
  --data '{"model":"deepseek-chat","messages":[{"role":"user","content":"What is AI?"}]}'`);
});

test('the address of a model with slashes is its name below the provider', () => {
  const code = codeOf('openai-node', { kind: 'openai-compatible', model: 'gemini/gemini-2.5-flash' });
  expect(code).toContain(`baseURL: "${call.gatewayUrl}/openai-compatible/gemini/gemini-2.5-flash",`);
  expect(code).toContain('model: "gemini/gemini-2.5-flash",');
});

test.each([
  ['mô hình [1m]', 'm%C3%B4%20h%C3%ACnh%20%5B1m%5D'],
  ['~team/a,b=c', '~team/a,b=c'],
  ['100%', '100%25'],
])('in an address %s is %s, in the body it is itself', (model, path) => {
  for (const { id, code } of writeSnippets({ ...call, kind: 'gemini', model })) {
    expect([id, code]).toEqual([id, expect.stringContaining(`${call.gatewayUrl}/gemini/${path}`)]);
    expect([id, code]).toEqual([id, expect.stringContaining(`"${model}"`)]);
  }
});

test('a gateway without authentication gets no token, and SDKs a word in its place', () => {
  expect(codeOf('curl', { token: null })).not.toContain('Authorization');
  expect(codeOf('openai-node', { token: null })).toContain('apiKey: "not-needed"');
});

test('a model of embeddings is asked for them', () => {
  const model = 'text-embedding-3-small';
  expect(codeOf('curl', { model })).toContain('/embeddings');
  expect(codeOf('openai-node', { model })).toContain('client.embeddings.create');
  expect(codeOf('openai-python', { model })).toContain('client.embeddings.create');
  expect(codeOf('langchain-python', { model })).toContain('OpenAIEmbeddings');
  expect(codeOf('google-node', { kind: 'gemini', model: 'gemini-embedding-001' })).toContain('ai.models.embedContent');
});

test.each(NASTY)('%j is text in each language, and nothing else', (text) => {
  expect(execFileSync('sh', ['-c', `printf %s ${quoteShell(text)}`], { encoding: 'utf8' })).toBe(text);
  expect(runInNewContext(quoteString(text))).toBe(text);
  expect(JSON.parse(quoteString(text))).toBe(text);
});

test.each(NASTY)('a model named %j breaks out of no snippet', (model) => {
  const shell = codeOf('curl', { model }).replace(/^curl/, 'printf "%s\\n"');
  const printed = execFileSync('sh', ['-c', shell], { encoding: 'utf8' });
  expect(printed).toContain(JSON.stringify({ model, messages: [{ role: 'user', content: 'What is AI?' }] }));
  for (const id of ['openai-python', 'openai-node', 'langchain-python']) {
    expect(codeOf(id, { model })).toMatch(/model[=:] ?"/);
    expect(codeOf(id, { model })).toContain(quoteString(model));
  }
});
