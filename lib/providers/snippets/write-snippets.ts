import { writeAnthropicNode } from './anthropic-node.ts';
import { writeCurl } from './curl.ts';
import { writeGoogleNode } from './google-node.ts';
import { writeLangchainPython } from './langchain-python.ts';
import { useOfModel } from './model-use.ts';
import { writeOpenaiNode, writeOpenaiNodeResponses } from './openai-node.ts';
import { writeOpenaiPython, writeOpenaiPythonResponses } from './openai-python.ts';
import type { Snippet, SnippetCall } from './snippet.ts';

/** Code that calls a model, in every way there is code for; the labels are names and need no translation. */
export function writeSnippets(call: SnippetCall): Snippet[] {
  const { kind } = call;
  const use = useOfModel(kind, call.model);
  const ways: [fits: boolean, id: string, label: string, write: (call: SnippetCall) => string][] = [
    [true, 'curl', 'curl', writeCurl],
    [true, 'openai-python', 'Python · OpenAI', writeOpenaiPython],
    [true, 'openai-node', 'Node · OpenAI', writeOpenaiNode],
    [use === 'chat' || use === 'embedding', 'langchain-python', 'Python · LangChain', writeLangchainPython],
    [kind === 'openai' && use === 'chat', 'responses-python', 'Python · Responses', writeOpenaiPythonResponses],
    [kind === 'openai' && use === 'chat', 'responses-node', 'Node · Responses', writeOpenaiNodeResponses],
    [kind === 'anthropic', 'anthropic-node', 'Node · Anthropic', writeAnthropicNode],
    [kind === 'gemini', 'google-node', 'Node · Google', writeGoogleNode],
  ];
  return ways.filter(([fits]) => fits).map(([, id, label, write]) => ({ id, label, code: write(call) }));
}
