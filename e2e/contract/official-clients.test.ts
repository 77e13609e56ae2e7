import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import Anthropic from '@anthropic-ai/sdk';
import { LLMock } from '@copilotkit/aimock';
import { GoogleGenAI } from '@google/genai';
import { ChatOpenAI } from '@langchain/openai';
import { generateText, streamText } from 'ai';
import OpenAI, { AuthenticationError, toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { generateToken } from '#lib/tokens/secret.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { type RunningProcess, startProxy } from '#testing/processes.ts';
import { serveStableGemini } from '#testing/stable-gemini.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';

const PROVIDER_KEY = 'sk-only-the-gateway-knows-it';
const ANSWER = 'Xin chào from the provider';

/** A provider that this project did not write. It refuses every other key. */
const provider = new LLMock({ host: '127.0.0.1', port: 0, logLevel: 'silent', auth: { apiKeys: [PROVIDER_KEY] } });
let fixtures: Fixtures;
let server: RunningProcess;
let gateway: string;
let token: string;

beforeAll(async () => {
  provider.onEmbedding(/.*/, { embedding: [0.25, 0.5] });
  provider.onTranscription({ transcription: { text: ANSWER } });
  provider.onImage(/.*/, { image: { b64Json: 'aGk=' } });
  provider.on({}, { content: ANSWER });
  serveStableGemini(provider);
  await provider.start();
  const databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  const { id: accountId } = await fixtures.addAccount();
  const { id: gatewayId, slug } = await fixtures.addGateway(accountId, 'clients');
  const providers = [
    {
      kind: 'openai',
      baseUrl: `${provider.url}/v1`,
      models: ['gpt-5', 'text-embedding-3-small', 'whisper-1', 'gpt-image-1'],
    },
    { kind: 'anthropic', baseUrl: `${provider.url}/v1`, models: ['claude-sonnet-5-5'] },
    { kind: 'gemini', baseUrl: provider.url, models: ['gemini-2.5-flash'] },
  ] as const;
  for (const { models, ...rest } of providers) {
    await fixtures.addProvider({ gatewayId, key: PROVIDER_KEY, models: [...models], ...rest });
  }
  token = (await fixtures.addToken({ accountId, gatewayId })).token;
  server = await startProxy({ databaseUrl });
  gateway = `${server.origin}/gateway/${slug}`;
});
afterAll(async () => {
  await server.stop();
  await fixtures.close();
  await provider.stop();
});

const ask = [{ role: 'user' as const, content: 'Hello' }];

describe('the OpenAI SDK, with its base URL at one model', () => {
  const client = () => new OpenAI({ baseURL: `${gateway}/openai/gpt-5`, apiKey: token });

  test('chats', async () => {
    const completion = await client().chat.completions.create({ model: 'gpt-5', messages: ask });
    expect(completion.choices[0]?.message.content).toBe(ANSWER);
  });

  test('streams', async () => {
    const stream = await client().chat.completions.create({ model: 'gpt-5', messages: ask, stream: true });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta?.content ?? '';
    expect(text).toBe(ANSWER);
  });

  test('is told of a bad token in a way that it understands', async () => {
    const bad = new OpenAI({ baseURL: `${gateway}/openai/gpt-5`, apiKey: generateToken(), maxRetries: 0 });
    const error: unknown = await bad.chat.completions.create({ model: 'gpt-5', messages: ask }).catch((e) => e);
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ status: 401, code: 'invalid_authentication_token' });
  });
});

describe('the OpenAI SDK, with one base URL for all models', () => {
  const client = () => new OpenAI({ baseURL: `${gateway}/v1`, apiKey: token });

  test.each(['openai/gpt-5', 'anthropic/claude-sonnet-5-5'])('chats with %s', async (model) => {
    const completion = await client().chat.completions.create({ model, messages: ask });
    expect(completion.choices[0]?.message.content).toBe(ANSWER);
  });

  test('has responses, streamed and not', async () => {
    const response = await client().responses.create({ model: 'openai/gpt-5', input: 'Hello' });
    expect(response.output_text).toBe(ANSWER);
    let text = '';
    for await (const event of await client().responses.create({
      model: 'openai/gpt-5',
      input: 'Hello',
      stream: true,
    })) {
      if (event.type === 'response.output_text.delta') text += event.delta;
    }
    expect(text).toBe(ANSWER);
  });

  test('makes embeddings', async () => {
    const model = 'openai/text-embedding-3-small';
    const { data } = await client().embeddings.create({ model, input: 'Hello', encoding_format: 'float' });
    expect(data[0]?.embedding).toEqual([0.25, 0.5]);
  });

  test('uploads audio', async () => {
    const file = await toFile(Buffer.alloc(200_000, 1), 'speech.mp3');
    expect((await client().audio.transcriptions.create({ model: 'openai/whisper-1', file })).text).toBe(ANSWER);
  });

  test('makes images', async () => {
    const { data } = await client().images.generate({ model: 'openai/gpt-image-1', prompt: 'a key' });
    expect(data?.[0]?.b64_json).toBe('aGk=');
  });

  test('lists the models', async () => {
    const ids: string[] = [];
    for await (const { id } of client().models.list()) ids.push(id);
    expect(ids).toContain('anthropic/claude-sonnet-5-5');
    expect(ids).toHaveLength(6);
  });
});

describe('the Anthropic SDK', () => {
  const client = () => new Anthropic({ baseURL: `${gateway}/anthropic/claude-sonnet-5-5`, apiKey: token });
  const request = { model: 'claude-sonnet-5-5', max_tokens: 100, messages: ask };

  test('gets a message', async () => {
    const { content } = await client().messages.create(request);
    expect(content).toMatchObject([{ type: 'text', text: ANSWER }]);
  });

  test('streams a message', async () => {
    expect(await client().messages.stream(request).finalText()).toBe(ANSWER);
  });
});

describe.each([
  ['/gemini/gemini-2.5-flash', undefined],
  ['/gemini', undefined],
  ['/gemini/gemini-2.5-flash', 'v1beta'],
  ['/gemini', 'v1beta'],
])('the Google SDK below %s, with its apiVersion %s', (path, apiVersion) => {
  const client = () => new GoogleGenAI({ apiKey: token, apiVersion, httpOptions: { baseUrl: gateway + path } });
  const request = { model: 'gemini-2.5-flash', contents: 'Hello' };

  test('generates', async () => {
    expect((await client().models.generateContent(request)).text).toBe(ANSWER);
  });

  test('streams', async () => {
    let text = '';
    for await (const chunk of await client().models.generateContentStream(request)) text += chunk.text ?? '';
    expect(text).toBe(ANSWER);
  });
});

describe('the AI SDK with its OpenAI-compatible provider', () => {
  const model = () =>
    createOpenAICompatible({ name: 'latchkey', baseURL: `${gateway}/v1`, apiKey: token }).chatModel('openai/gpt-5');

  test('generates', async () => {
    expect((await generateText({ model: model(), prompt: 'Hello' })).text).toBe(ANSWER);
  });

  test('streams', async () => {
    expect(await streamText({ model: model(), prompt: 'Hello' }).text).toBe(ANSWER);
  });
});

describe('LangChain', () => {
  const model = () =>
    new ChatOpenAI({ model: 'openai/gpt-5', apiKey: token, configuration: { baseURL: `${gateway}/v1` } });

  test('chats', async () => {
    expect((await model().invoke('Hello')).content).toBe(ANSWER);
  });

  test('streams', async () => {
    let text = '';
    for await (const chunk of await model().stream('Hello')) text += chunk.content;
    expect(text).toBe(ANSWER);
  });
});
