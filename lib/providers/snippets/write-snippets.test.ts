import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { quoteShell, quoteString } from './literals.ts';
import type { SnippetCall } from './snippet.ts';
import { writeSnippets } from './write-snippets.ts';

const call: SnippetCall = {
  gatewayUrl: 'http://user-1-demo-gateway.ai-gateway.localhost:3000',
  kind: 'deepseek',
  model: 'deepseek-chat',
  token: 'lk_token',
};

function codeOf(id: string, change: Partial<SnippetCall> = {}): string {
  const snippet = writeSnippets({ ...call, ...change }).find((candidate) => candidate.id === id);
  if (!snippet) throw new Error(`there is no snippet ${id}`);
  return snippet.code;
}

const idsOf = (kind: SnippetCall['kind']) => writeSnippets({ ...call, kind }).map(({ id }) => id);

const NASTY = [`a'b"c`, '$(id) `id`', 'a\\', 'a\nb', `\${x}`, '#{x}', '\u2028', '"""', '%s {0}', "'; DROP"];

test('every provider has the ways that all have; Anthropic and Google their own besides', () => {
  const common = ['curl', 'openai-python', 'openai-node', 'langchain-python'];
  expect(idsOf('deepseek')).toEqual(common);
  expect(idsOf('openai-compatible')).toEqual(common);
  expect(idsOf('anthropic')).toEqual([...common, 'anthropic-node']);
  expect(idsOf('gemini')).toEqual([...common, 'google-node']);
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
