import { quoteString } from './literals.ts';
import type { ModelUse } from './model-use.ts';
import { answersInBase64, PICTURE, partsOf, QUESTION, type SnippetCall, type SnippetParts, SPOKEN } from './snippet.ts';

type Write = (model: string) => string;

/** With PyPI's `openai`. */
export function writeOpenaiPython(call: SnippetCall): string {
  const parts = partsOf(call);
  return program(parts, CALLS[parts.use](parts.model), parts.use === 'image' ? 'import base64\n\n' : '');
}

/** With PyPI's `openai`, in its newer API for text. */
export function writeOpenaiPythonResponses(call: SnippetCall): string {
  const parts = partsOf(call);
  return program(parts, respond(parts.model), '');
}

function program({ apiKey, baseUrl }: SnippetParts, body: string, imports: string): string {
  return `${imports}from openai import OpenAI

client = OpenAI(
    api_key=${quoteString(apiKey)},
    base_url=${quoteString(baseUrl)},
)

${body}
`;
}

const chat: Write = (model) => `completion = client.chat.completions.create(
    model=${quoteString(model)},
    messages=[{"role": "user", "content": ${quoteString(QUESTION)}}],
)
print(completion.choices[0].message.content)`;

const respond: Write = (model) => `response = client.responses.create(
    model=${quoteString(model)},
    input=${quoteString(QUESTION)},
)
print(response.output_text)`;

const embed: Write = (model) => `embeddings = client.embeddings.create(
    model=${quoteString(model)},
    input=${quoteString(QUESTION)},
)
print(embeddings.data[0].embedding)`;

const draw: Write = (model) => `image = client.images.generate(
    model=${quoteString(model)},
    prompt=${quoteString(PICTURE)},${answersInBase64(model) ? '' : '\n    response_format="b64_json",'}
)
with open("image.png", "wb") as file:
    file.write(base64.b64decode(image.data[0].b64_json))`;

const speak: Write = (model) => `with client.audio.speech.with_streaming_response.create(
    model=${quoteString(model)},
    voice="alloy",
    input=${quoteString(SPOKEN)},
) as speech:
    speech.stream_to_file("speech.mp3")`;

const transcribe: Write = (model) => `with open("speech.mp3", "rb") as file:
    transcription = client.audio.transcriptions.create(
        model=${quoteString(model)},
        file=file,
    )
print(transcription.text)`;

const CALLS: Record<ModelUse, Write> = {
  chat,
  embedding: embed,
  image: draw,
  speech: speak,
  transcription: transcribe,
};
