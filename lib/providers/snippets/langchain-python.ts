import { quoteString } from './literals.ts';
import { partsOf, QUESTION, type SnippetCall } from './snippet.ts';

/** With PyPI's `langchain-openai`, which has chat and embeddings. */
export function writeLangchainPython(call: SnippetCall): string {
  const { use, model, baseUrl, apiKey } = partsOf(call);
  const name = use === 'embedding' ? 'OpenAIEmbeddings' : 'ChatOpenAI';
  // The client would send numbers of its own tokenizer, which only OpenAI's models understand.
  const plainText = use === 'embedding' ? '\n    check_embedding_ctx_length=False,' : '';
  const question = quoteString(QUESTION);
  const answer = use === 'embedding' ? `model.embed_query(${question})` : `model.invoke(${question}).content`;
  return `from langchain_openai import ${name}

model = ${name}(
    model=${quoteString(model)},
    api_key=${quoteString(apiKey)},
    base_url=${quoteString(baseUrl)},${plainText}
)

print(${answer})
`;
}
