import { quoteShell } from './literals.ts';
import type { ModelUse } from './model-use.ts';
import { PICTURE, partsOf, QUESTION, type SnippetCall, SPOKEN } from './snippet.ts';

type JsonUse = Exclude<ModelUse, 'transcription'>;

const ENDPOINTS: Record<ModelUse, string> = {
  chat: '/chat/completions',
  embedding: '/embeddings',
  image: '/images/generations',
  speech: '/audio/speech',
  transcription: '/audio/transcriptions',
};

const INPUTS: Record<JsonUse, object> = {
  chat: { messages: [{ role: 'user', content: QUESTION }] },
  embedding: { input: QUESTION },
  image: { prompt: PICTURE },
  speech: { input: SPOKEN, voice: 'alloy' },
};

/** With curl, in the provider's OpenAI-style API. */
export function writeCurl(call: SnippetCall): string {
  const { use, baseUrl, model } = partsOf(call);
  return [
    `curl -X POST ${quoteShell(baseUrl + ENDPOINTS[use])}`,
    ...(call.token === null ? [] : [`  --header ${quoteShell(`Authorization: Bearer ${call.token}`)}`]),
    ...(use === 'transcription' ? formOf(model) : jsonOf(use, model)),
  ].join(' \\\n');
}

function jsonOf(use: JsonUse, model: string): string[] {
  return [
    `  --header 'Content-Type: application/json'`,
    `  --data ${quoteShell(JSON.stringify({ model, ...INPUTS[use] }))}`,
    // It answers with sound.
    ...(use === 'speech' ? ['  --output speech.mp3'] : []),
  ];
}

function formOf(model: string): string[] {
  // `--form-string`: `--form` gives a leading @ and a semicolon a meaning.
  return [`  --form-string ${quoteShell(`model=${model}`)}`, `  --form 'file=@speech.mp3'`];
}
