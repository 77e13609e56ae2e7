import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { ProviderKind } from '#lib/providers/catalog.ts';
import { PICTURE, QUESTION, type SnippetCall, SPOKEN } from '#lib/providers/snippets/snippet.ts';
import { writeSnippets } from '#lib/providers/snippets/write-snippets.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { type RunningProcess, startProxy } from '#testing/processes.ts';
import { runNodeSnippet, runShellSnippet } from '#testing/run-snippet.ts';
import { serveStableGemini } from '#testing/stable-gemini.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';

/**
 * The code that the console shows, run as it is: curl and Node. What Python's says differs from Node's in nothing but
 * the language, and Python's packages cannot be had from npm.
 */
const ANSWER = 'Xin chào from the provider';
const SOUND = 'not really sound';
const root = path.resolve(import.meta.dirname, '../..');

const provider = new LLMock({ host: '127.0.0.1', port: 0, logLevel: 'silent' });
let fixtures: Fixtures;
let server: RunningProcess;
let gatewayUrl: string;
let token: string;
let directory: string;

const MODELS: Record<Exclude<ProviderKind, 'deepseek'>, string[]> = {
  openai: ['gpt-5.5', 'text-embedding-3-small', 'gpt-image-1', 'dall-e-3', 'gpt-4o-mini-tts', 'whisper-1'],
  'openai-compatible': ['team/llama:8b', 'mô hình [1m], {v2}', 'nomic-embed-text'],
  anthropic: ['claude-sonnet-5-5'],
  gemini: ['gemini-3.8-flash', 'gemini-embedding-001'],
};

beforeAll(async () => {
  provider.onEmbedding(QUESTION, { embedding: [0.25, 0.5] });
  provider.onTranscription({ transcription: { text: ANSWER } });
  provider.onImage(PICTURE, { image: { b64Json: Buffer.from('picture').toString('base64') } });
  provider.onSpeech(SPOKEN, { audio: Buffer.from(SOUND).toString('base64') });
  provider.onMessage(QUESTION, { content: ANSWER });
  // What Google's SDK asks for embeddings, and this provider does not know.
  provider.mount('/v1beta/models/gemini-embedding-001:batchEmbedContents', {
    async handleRequest(_request, response) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ embeddings: [{ values: [0.25, 0.5] }] }));
      return true;
    },
  });
  serveStableGemini(provider);
  await provider.start();
  const databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  const { id: accountId } = await fixtures.addAccount();
  const { id: gatewayId, slug } = await fixtures.addGateway(accountId, 'snippets');
  for (const [kind, models] of Object.entries(MODELS) as [ProviderKind, string[]][]) {
    const baseUrl = kind === 'gemini' ? provider.url : `${provider.url}/v1`;
    await fixtures.addProvider({ gatewayId, kind, baseUrl, key: 'sk-any', models });
  }
  token = (await fixtures.addToken({ accountId, gatewayId })).token;
  server = await startProxy({ databaseUrl });
  gatewayUrl = `${server.origin}/gateway/${slug}`;
  directory = await mkdtemp(path.join(os.tmpdir(), 'latchkey-snippets-'));
  await symlink(path.join(root, 'node_modules'), path.join(directory, 'node_modules'));
});
afterAll(async () => {
  await server.stop();
  await fixtures.close();
  await provider.stop();
  await rm(directory, { recursive: true });
});
beforeEach(async () => {
  await writeFile(path.join(directory, 'speech.mp3'), 'something spoken');
  await rm(path.join(directory, 'image.png'), { force: true });
});

const run = (call: Omit<SnippetCall, 'gatewayUrl' | 'token'>, id: string) => {
  const code = writeSnippets({ ...call, gatewayUrl, token }).find((snippet) => snippet.id === id)?.code;
  if (!code) throw new Error(`there is no code ${id} for ${call.model}`);
  return id === 'curl' ? runShellSnippet(code, directory) : runNodeSnippet(code, directory);
};

const written = (name: string) => readFile(path.join(directory, name), 'utf8');

/** A model, a way, and what it prints, or the file that it writes with what is in it. */
const CASES: [kind: ProviderKind, model: string, way: string, prints: string, file?: [name: string, text: string]][] = [
  ['openai', 'gpt-5.5', 'curl', ANSWER],
  ['openai', 'gpt-5.5', 'openai-node', ANSWER],
  ['openai', 'gpt-5.5', 'responses-node', ANSWER],
  ['openai', 'text-embedding-3-small', 'curl', '0.25'],
  ['openai', 'text-embedding-3-small', 'openai-node', '0.25'],
  ['openai', 'gpt-image-1', 'curl', 'b64_json'],
  ['openai', 'gpt-image-1', 'openai-node', '', ['image.png', 'picture']],
  ['openai', 'dall-e-3', 'openai-node', '', ['image.png', 'picture']],
  ['openai', 'gpt-4o-mini-tts', 'curl', '', ['speech.mp3', SOUND]],
  ['openai', 'gpt-4o-mini-tts', 'openai-node', '', ['speech.mp3', SOUND]],
  ['openai', 'whisper-1', 'curl', ANSWER],
  ['openai', 'whisper-1', 'openai-node', ANSWER],
  ['openai-compatible', 'team/llama:8b', 'curl', ANSWER],
  ['openai-compatible', 'team/llama:8b', 'openai-node', ANSWER],
  ['openai-compatible', 'mô hình [1m], {v2}', 'curl', ANSWER],
  ['openai-compatible', 'mô hình [1m], {v2}', 'openai-node', ANSWER],
  ['openai-compatible', 'nomic-embed-text', 'curl', '0.25'],
  ['anthropic', 'claude-sonnet-5-5', 'curl', ANSWER],
  ['anthropic', 'claude-sonnet-5-5', 'openai-node', ANSWER],
  ['anthropic', 'claude-sonnet-5-5', 'anthropic-node', ANSWER],
  ['gemini', 'gemini-3.8-flash', 'curl', ANSWER],
  ['gemini', 'gemini-3.8-flash', 'openai-node', ANSWER],
  ['gemini', 'gemini-3.8-flash', 'google-node', ANSWER],
  ['gemini', 'gemini-embedding-001', 'google-node', '0.25'],
];

describe.each(['model', 'gateway'] as const)('by the address of the %s, the code', (reach) => {
  test.each(CASES)('for %s %s in %s runs as it is', async (kind, model, way, prints, file) => {
    const output = await run({ kind, model, reach }, way);
    expect(output).toContain(prints);
    if (file) expect(await written(file[0])).toBe(file[1]);
  });
});
