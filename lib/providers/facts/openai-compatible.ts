import { openaiCompatibleEndpoints as endpoints } from '../endpoints/openai-compatible.ts';
import { BEARER } from './credentials.ts';
import { joinOpenai } from './join-path.ts';
import { isMessages, messagesApi } from './messages-api.ts';
import type { Base, ProviderFacts } from './types.ts';

/** A base URL for Anthropic's SDKs says so: DeepSeek, Moonshot, Z.AI, MiniMax, Azure, Bedrock and others name it. */
function isForAnthropic({ path }: Base): boolean {
  return path.split('/').includes('anthropic');
}

/**
 * Any endpoint that speaks OpenAI's API, Anthropic's, or both, such as vLLM or Ollama. The admin gives its base URL, as
 * the SDKs take it, and its header.
 */
export const openaiCompatible: ProviderFacts = {
  label: 'OpenAI-compatible',
  baseUrl: null,
  keyPage: null,
  models: [],
  modelsEndpoint: '/models',
  surfaces: [
    { ...messagesApi, endpoints, matches: (_endpoint, base) => isForAnthropic(base) },
    // Beside OpenAI's API it takes the same key in the same header.
    { ...messagesApi, endpoints, matches: isMessages, credential: BEARER },
    { style: 'openai', matches: () => true, pathOf: joinOpenai, endpoints, credential: BEARER, defaultHeaders: {} },
  ],
};
