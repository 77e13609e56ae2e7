import { quoteString } from './literals.ts';
import type { ModelUse } from './model-use.ts';
import { answersInBase64, PICTURE, partsOf, QUESTION, type SnippetCall, type SnippetParts, SPOKEN } from './snippet.ts';

type Write = (model: string) => string;

/** With npm's `openai`. */
export function writeOpenaiNode(call: SnippetCall): string {
  const parts = partsOf(call);
  const { imports, write } = CALLS[parts.use];
  return program(parts, write(parts.model), imports);
}

/** With npm's `openai`, in its newer API for text. */
export function writeOpenaiNodeResponses(call: SnippetCall): string {
  const parts = partsOf(call);
  return program(parts, respond(parts.model), '');
}

function program({ apiKey, baseUrl }: SnippetParts, body: string, imports: string): string {
  return `${imports}import OpenAI from "openai";

const client = new OpenAI({
  apiKey: ${quoteString(apiKey)},
  baseURL: ${quoteString(baseUrl)},
});

${body}
`;
}

const chat: Write = (model) => `const completion = await client.chat.completions.create({
  model: ${quoteString(model)},
  messages: [{ role: "user", content: ${quoteString(QUESTION)} }],
});
console.log(completion.choices[0].message.content);`;

const respond: Write = (model) => `const response = await client.responses.create({
  model: ${quoteString(model)},
  input: ${quoteString(QUESTION)},
});
console.log(response.output_text);`;

const embed: Write = (model) => `const embeddings = await client.embeddings.create({
  model: ${quoteString(model)},
  input: ${quoteString(QUESTION)},
});
console.log(embeddings.data[0].embedding);`;

const draw: Write = (model) => `const image = await client.images.generate({
  model: ${quoteString(model)},
  prompt: ${quoteString(PICTURE)},${answersInBase64(model) ? '' : '\n  response_format: "b64_json",'}
});
await writeFile("image.png", image.data[0].b64_json, "base64");`;

const speak: Write = (model) => `const speech = await client.audio.speech.create({
  model: ${quoteString(model)},
  voice: "alloy",
  input: ${quoteString(SPOKEN)},
});
await writeFile("speech.mp3", Buffer.from(await speech.arrayBuffer()));`;

const transcribe: Write = (model) => `const transcription = await client.audio.transcriptions.create({
  model: ${quoteString(model)},
  file: createReadStream("speech.mp3"),
});
console.log(transcription.text);`;

const WRITE_FILE = 'import { writeFile } from "node:fs/promises";\n';

const CALLS: Record<ModelUse, { imports: string; write: Write }> = {
  chat: { imports: '', write: chat },
  embedding: { imports: '', write: embed },
  image: { imports: WRITE_FILE, write: draw },
  speech: { imports: WRITE_FILE, write: speak },
  transcription: { imports: 'import { createReadStream } from "node:fs";\n', write: transcribe },
};
