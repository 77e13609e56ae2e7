import { quoteShell } from './literals.ts';
import { isEmbeddingModel, modelUrl, QUESTION, type SnippetCall } from './snippet.ts';

/** With curl, in the provider's OpenAI-style API. */
export function writeCurl(call: SnippetCall): string {
  const embedding = isEmbeddingModel(call.model);
  const body = embedding
    ? { model: call.model, input: QUESTION }
    : { model: call.model, messages: [{ role: 'user', content: QUESTION }] };
  return [
    `curl -X POST ${quoteShell(modelUrl(call) + (embedding ? '/embeddings' : '/chat/completions'))}`,
    ...(call.token === null ? [] : [`  --header ${quoteShell(`Authorization: Bearer ${call.token}`)}`]),
    `  --header 'Content-Type: application/json'`,
    `  --data ${quoteShell(JSON.stringify(body))}`,
  ].join(' \\\n');
}
