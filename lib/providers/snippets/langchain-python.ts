import { quoteString } from './literals.ts';
import { isEmbeddingModel, modelUrl, NO_TOKEN, QUESTION, type SnippetCall } from './snippet.ts';

/** With PyPI's `langchain-openai`. */
export function writeLangchainPython(call: SnippetCall): string {
  const name = isEmbeddingModel(call.model) ? 'OpenAIEmbeddings' : 'ChatOpenAI';
  // The client would send numbers of its own tokenizer, which only OpenAI's models understand.
  const plainText = name === 'OpenAIEmbeddings' ? '\n    check_embedding_ctx_length=False,' : '';
  const use =
    name === 'OpenAIEmbeddings'
      ? `print(model.embed_query(${quoteString(QUESTION)}))`
      : `print(model.invoke(${quoteString(QUESTION)}).content)`;
  return `from langchain_openai import ${name}

model = ${name}(
    model=${quoteString(call.model)},
    api_key=${quoteString(call.token ?? NO_TOKEN)},
    base_url=${quoteString(modelUrl(call))},${plainText}
)

${use}
`;
}
