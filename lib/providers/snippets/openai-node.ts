import { quoteString } from './literals.ts';
import { isEmbeddingModel, modelUrl, NO_TOKEN, QUESTION, type SnippetCall } from './snippet.ts';

/** With npm's `openai`. */
export function writeOpenaiNode(call: SnippetCall): string {
  return `import OpenAI from "openai";

const client = new OpenAI({
  apiKey: ${quoteString(call.token ?? NO_TOKEN)},
  baseURL: ${quoteString(modelUrl(call))},
});

${isEmbeddingModel(call.model) ? embed(call) : chat(call)}
`;
}

const chat = ({ model }: SnippetCall) => `const completion = await client.chat.completions.create({
  model: ${quoteString(model)},
  messages: [{ role: "user", content: ${quoteString(QUESTION)} }],
});
console.log(completion.choices[0].message.content);`;

const embed = ({ model }: SnippetCall) => `const embeddings = await client.embeddings.create({
  model: ${quoteString(model)},
  input: ${quoteString(QUESTION)},
});
console.log(embeddings.data[0].embedding);`;
