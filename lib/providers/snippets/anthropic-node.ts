import { quoteString } from './literals.ts';
import { partsOf, QUESTION, type SnippetCall } from './snippet.ts';

/** With npm's `@anthropic-ai/sdk`, which appends `/v1/messages` to its base URL. */
export function writeAnthropicNode(call: SnippetCall): string {
  const { model, baseUrl, apiKey } = partsOf(call);
  return `import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({
  apiKey: ${quoteString(apiKey)},
  baseURL: ${quoteString(call.reach === 'gateway' ? call.gatewayUrl : baseUrl)},
});

const message = await client.messages.create({
  model: ${quoteString(model)},
  max_tokens: 1024,
  messages: [{ role: "user", content: ${quoteString(QUESTION)} }],
});
console.log(message.content);
`;
}
