import { quoteString } from './literals.ts';
import { baseUrlOf, PICTURE, partsOf, QUESTION, type SnippetCall } from './snippet.ts';

/**
 * With npm's `@google/genai`, which appends its version and `/models/{model}:generateContent` to its base URL. The
 * model stands in that path, so the provider needs no other sign of it.
 */
export function writeGoogleNode(call: SnippetCall): string {
  const { apiKey } = partsOf(call);
  const { gatewayUrl, kind, model, reach } = call;
  const baseUrl = reach === 'gateway' ? `${gatewayUrl}/${kind}` : baseUrlOf(call);
  const { method, input, result } = methodFor(call);
  return `import { GoogleGenAI } from "@google/genai";

const ai = new GoogleGenAI({
  apiKey: ${quoteString(apiKey)},
  httpOptions: { baseUrl: ${quoteString(baseUrl)} },
});

const response = await ai.models.${method}({
  model: ${quoteString(model)},
  ${input},
});
console.log(response.${result});
`;
}

function methodFor(call: SnippetCall) {
  const { use } = partsOf(call);
  const contents = `contents: ${quoteString(QUESTION)}`;
  if (use === 'embedding') return { method: 'embedContent', input: contents, result: 'embeddings' };
  if (use !== 'image') return { method: 'generateContent', input: contents, result: 'text' };
  // Gemini's models draw in the API for chat; Imagen's have one of their own.
  return call.model.startsWith('imagen')
    ? { method: 'generateImages', input: `prompt: ${quoteString(PICTURE)}`, result: 'generatedImages' }
    : { method: 'generateContent', input: `contents: ${quoteString(PICTURE)}`, result: 'candidates[0].content.parts' };
}
