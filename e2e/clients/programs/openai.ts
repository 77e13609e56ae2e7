import OpenAI, { toFile } from 'openai';
import { ANSWER, gateway, runCases, token } from './cases.ts';
import { expectEqual } from './expect-equal.ts';

// It also runs in a page.
const options = { apiKey: token, maxRetries: 0, dangerouslyAllowBrowser: true };
const client = new OpenAI({ ...options, baseURL: `${gateway}/v1` });
const oneModel = new OpenAI({ ...options, baseURL: `${gateway}/openai/gpt-5` });
const model = 'openai/gpt-5';
const messages = [{ role: 'user' as const, content: 'Hello' }];
// More than one chunk of a connection.
const upload = () => toFile(new Blob(['{}\n'.repeat(70_000)]), 'batch.jsonl');

await runCases({
  async chat() {
    const completion = await client.chat.completions.create({ model, messages });
    expectEqual(completion.choices[0]?.message.content, ANSWER);
  },
  async 'chat, streamed'() {
    let text = '';
    for await (const chunk of await client.chat.completions.create({ model, messages, stream: true })) {
      text += chunk.choices[0]?.delta?.content ?? '';
    }
    expectEqual(text, ANSWER);
  },
  async 'chat, base URL of one model'() {
    const completion = await oneModel.chat.completions.create({ model: 'gpt-5', messages });
    expectEqual(completion.choices[0]?.message.content, ANSWER);
  },
  async response() {
    expectEqual((await client.responses.create({ model, input: 'Hello' })).output_text, ANSWER);
  },
  async 'response, streamed'() {
    const stream = client.responses.stream({ model, input: 'Hello' });
    expectEqual((await stream.finalResponse()).output_text, ANSWER);
  },
  async embeddings() {
    // The SDK itself asks for base64 and decodes it.
    const { data } = await client.embeddings.create({ model: 'openai/text-embedding-3-small', input: 'Hello' });
    expectEqual(data[0]?.embedding, [0.25, 0.5]);
  },
  async 'audio upload'() {
    const file = await toFile(new Uint8Array(200_000), 'speech.mp3');
    expectEqual((await client.audio.transcriptions.create({ model: 'openai/whisper-1', file })).text, ANSWER);
  },
  async 'file upload, no model named'() {
    expectEqual((await client.files.create({ file: await upload(), purpose: 'batch' })).filename, 'batch.jsonl');
  },
  async 'model list'() {
    const ids: string[] = [];
    for await (const { id } of client.models.list()) ids.push(id);
    expectEqual(ids.includes('anthropic/claude-sonnet-5-5'), true);
  },
  async 'model retrieve'() {
    expectEqual((await client.models.retrieve(model)).id, model);
  },
});
