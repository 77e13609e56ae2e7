import { quoteString } from './literals.ts';
import { modelUrl, NO_TOKEN, QUESTION, type SnippetCall } from './snippet.ts';

/** With npm's `@anthropic-ai/sdk`, which appends `/v1/messages` to its base URL. */
export function writeAnthropicNode(call: SnippetCall): string {
  return `import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({
  apiKey: ${quoteString(call.token ?? NO_TOKEN)},
  baseURL: ${quoteString(modelUrl(call))},
});

const message = await client.messages.create({
  model: ${quoteString(call.model)},
  max_tokens: 1024,
  messages: [{ role: "user", content: ${quoteString(QUESTION)} }],
});
console.log(message.content);
`;
}
