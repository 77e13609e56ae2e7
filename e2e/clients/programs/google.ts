import { GoogleGenAI } from '@google/genai';
import { ANSWER, gateway, runCases, token } from './cases.ts';
import { expectEqual } from './expect-equal.ts';

const client = new GoogleGenAI({ apiKey: token, httpOptions: { baseUrl: `${gateway}/gemini` } });
const oneModel = new GoogleGenAI({
  apiKey: token,
  httpOptions: { baseUrl: `${gateway}/gemini/gemini-2.5-flash` },
});
const request = { model: 'gemini-2.5-flash', contents: 'Hello' };

await runCases({
  async generateContent() {
    expectEqual((await client.models.generateContent(request)).text, ANSWER);
  },
  async 'generateContent, streamed'() {
    let text = '';
    for await (const chunk of await client.models.generateContentStream(request)) text += chunk.text ?? '';
    expectEqual(text, ANSWER);
  },
  async 'generateContent, base URL of one model'() {
    expectEqual((await oneModel.models.generateContent(request)).text, ANSWER);
  },
  async chat() {
    expectEqual((await client.chats.create({ model: request.model }).sendMessage({ message: 'Hello' })).text, ANSWER);
  },
  async embeddings() {
    const { embeddings } = await client.models.embedContent({ model: 'gemini-embedding-001', contents: 'Hello' });
    expectEqual(embeddings?.[0]?.values, [0.25, 0.5]);
  },
  async 'file upload, no model named'() {
    const file = new Blob(['a'.repeat(200_000)], { type: 'text/plain' });
    expectEqual((await client.files.upload({ file, config: { displayName: 'notes' } })).displayName, 'notes');
  },
  async 'model list'() {
    const names: string[] = [];
    for await (const { name } of await client.models.list()) names.push(name ?? '');
    expectEqual(names.includes('models/gemini-2.5-flash'), true);
  },
  async 'model retrieve'() {
    expectEqual((await client.models.get({ model: 'gemini-2.5-flash' })).name, 'models/gemini-2.5-flash');
  },
});
