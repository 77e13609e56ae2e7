import { anthropicEndpoints } from './anthropic.ts';
import { mergeEndpoints } from './merge-endpoints.ts';
import { openaiEndpoints } from './openai.ts';
import type { EndpointTable } from './types.ts';

const both = mergeEndpoints(openaiEndpoints, anthropicEndpoints);

/**
 * Servers that speak OpenAI's API, many of them Anthropic's as well. What administers the widespread ones is known too:
 * LiteLLM's and OpenRouter's keys, teams and credits, vLLM's adapters, and how Ollama loads and deletes models.
 */
export const openaiCompatibleEndpoints: EndpointTable = {
  ...both,
  prefixes: [...both.prefixes, 'openai', 'api'],
  // Azure's, whose names of deployments are names of models.
  inference: [
    ...both.inference,
    ...['chat/completions', 'completions', 'embeddings', 'images/generations', 'audio/**'].map(
      (endpoint) => `POST deployments/{model}/${endpoint}`,
    ),
  ],
  management: [
    ...both.management,
    'key',
    'keys',
    'auth',
    'credits',
    'user',
    'team',
    'budget',
    'spend',
    'model',
    'config',
    'load_lora_adapter',
    'unload_lora_adapter',
    'blobs',
    'copy',
    'create',
    'delete',
    'pull',
    'push',
  ],
};
