import Anthropic, { toFile } from '@anthropic-ai/sdk';
import { ANSWER, gateway, runCases, token } from './cases.ts';
import { expectEqual } from './expect-equal.ts';

// It also runs in a page.
const options = { baseURL: gateway, maxRetries: 0, dangerouslyAllowBrowser: true };
const client = new Anthropic({ ...options, apiKey: token });
const withBearer = new Anthropic({ ...options, authToken: token });
const oneModel = new Anthropic({ ...options, apiKey: token, baseURL: `${gateway}/anthropic/claude-sonnet-5-5` });
const model = 'anthropic/claude-sonnet-5-5';
const request = { model, max_tokens: 100, messages: [{ role: 'user' as const, content: 'Hello' }] };

const textOf = ({ content }: Anthropic.Message) =>
  content.flatMap((block) => (block.type === 'text' ? block.text : []));

await runCases({
  async message() {
    expectEqual(textOf(await client.messages.create(request)), [ANSWER]);
  },
  async 'message, streamed'() {
    expectEqual(await client.messages.stream(request).finalText(), ANSWER);
  },
  async 'message, bearer'() {
    expectEqual(textOf(await withBearer.messages.create(request)), [ANSWER]);
  },
  async 'message, base URL of one model'() {
    expectEqual(textOf(await oneModel.messages.create({ ...request, model: 'claude-sonnet-5-5' })), [ANSWER]);
  },
  async 'message, beta'() {
    const { content } = await client.beta.messages.create({ ...request, betas: ['files-api-2025-04-14'] });
    expectEqual(content.length, 1);
  },
  async 'count tokens'() {
    const { max_tokens: _, ...counted } = request;
    expectEqual(typeof (await client.messages.countTokens(counted)).input_tokens, 'number');
  },
  async 'file upload, no model named'() {
    const file = await toFile(new Blob(['a'.repeat(200_000)]), 'notes.txt', { type: 'text/plain' });
    expectEqual((await client.beta.files.upload({ file })).filename, 'notes.txt');
  },
  async 'model list'() {
    const ids: string[] = [];
    for await (const { id } of client.models.list()) ids.push(id);
    expectEqual(ids.includes(model), true);
  },
  async 'model retrieve'() {
    expectEqual((await client.models.retrieve(model)).id, model);
  },
});
