import { writeAnthropicNode } from './anthropic-node.ts';
import { writeCurl } from './curl.ts';
import { writeGoogleNode } from './google-node.ts';
import { writeLangchainPython } from './langchain-python.ts';
import { writeOpenaiNode } from './openai-node.ts';
import { writeOpenaiPython } from './openai-python.ts';
import type { Snippet, SnippetCall } from './snippet.ts';

/** Code that calls a model, in every way there is code for; the labels are names and need no translation. */
export function writeSnippets(call: SnippetCall): Snippet[] {
  return [
    { id: 'curl', label: 'curl', code: writeCurl(call) },
    { id: 'openai-python', label: 'Python · OpenAI', code: writeOpenaiPython(call) },
    { id: 'openai-node', label: 'Node · OpenAI', code: writeOpenaiNode(call) },
    { id: 'langchain-python', label: 'Python · LangChain', code: writeLangchainPython(call) },
    ...(call.kind === 'anthropic'
      ? [{ id: 'anthropic-node', label: 'Node · Anthropic', code: writeAnthropicNode(call) }]
      : []),
    ...(call.kind === 'gemini' ? [{ id: 'google-node', label: 'Node · Google', code: writeGoogleNode(call) }] : []),
  ];
}
