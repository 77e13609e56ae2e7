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
  namesModelsBehind: [...both.namesModelsBehind, 'deployments'],
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
    // LiteLLM's and its likes'.
    'cache',
    'config_overrides',
    'credentials',
    'customer',
    'end_user',
    'global',
    'guardrails',
    'invitation',
    'organization',
    'scim',
    'sso',
    // SGLang's, vLLM's and llama.cpp's.
    'abort_request',
    'collective_rpc',
    'flush_cache',
    'init_weights_update_group',
    'is_sleeping',
    'lora-adapters',
    'pause_generation',
    'release_memory_occupation',
    'reset_encoder_cache',
    'reset_mm_cache',
    'reset_prefix_cache',
    'resume_memory_occupation',
    'scale_elastic_ep',
    'server_info',
    'slots',
    'sleep',
    'start_profile',
    'stop_profile',
    'update_weights_from_disk',
    'update_weights_from_distributed',
    'update_weights_from_tensor',
    'wake_up',
  ],
};
