import { quoteString } from './literals.ts';
import { isEmbeddingModel, modelUrl, NO_TOKEN, QUESTION, type SnippetCall } from './snippet.ts';

/** With PyPI's `openai`. */
export function writeOpenaiPython(call: SnippetCall): string {
  return `from openai import OpenAI

client = OpenAI(
    api_key=${quoteString(call.token ?? NO_TOKEN)},
    base_url=${quoteString(modelUrl(call))},
)

${isEmbeddingModel(call.model) ? embed(call) : chat(call)}
`;
}

const chat = ({ model }: SnippetCall) => `completion = client.chat.completions.create(
    model=${quoteString(model)},
    messages=[{"role": "user", "content": ${quoteString(QUESTION)}}],
)
print(completion.choices[0].message.content)`;

const embed = ({ model }: SnippetCall) => `embeddings = client.embeddings.create(
    model=${quoteString(model)},
    input=${quoteString(QUESTION)},
)
print(embeddings.data[0].embedding)`;
