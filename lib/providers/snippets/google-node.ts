import { quoteString } from './literals.ts';
import { isEmbeddingModel, modelUrl, NO_TOKEN, QUESTION, type SnippetCall } from './snippet.ts';

/** With npm's `@google/genai`, which appends its version and `/models/{model}:generateContent` to its base URL. */
export function writeGoogleNode(call: SnippetCall): string {
  const [method, result] = isEmbeddingModel(call.model) ? ['embedContent', 'embeddings'] : ['generateContent', 'text'];
  return `import { GoogleGenAI } from "@google/genai";

const ai = new GoogleGenAI({
  apiKey: ${quoteString(call.token ?? NO_TOKEN)},
  httpOptions: { baseUrl: ${quoteString(modelUrl(call))} },
});

const response = await ai.models.${method}({
  model: ${quoteString(call.model)},
  contents: ${quoteString(QUESTION)},
});
console.log(response.${result});
`;
}
