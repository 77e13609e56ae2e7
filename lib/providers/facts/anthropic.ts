import { anthropicEndpoints } from '../endpoints/anthropic.ts';
import { BEARER, type ProviderFacts } from './types.ts';

/** Sources: Anthropic API docs, "API overview" (headers) and "OpenAI SDK compatibility"; names of models as in its SDK 1. */
export const anthropic: ProviderFacts = {
  label: 'Anthropic',
  baseUrl: 'https://api.anthropic.com/v1',
  keyPage: 'https://console.anthropic.com/settings/keys',
  models: [
    'claude-opus-5-5',
    'claude-sonnet-5-5',
    'claude-haiku-5-5',
    'claude-fable-5-2',
    'claude-opus-4-8',
    'claude-opus-4-5',
    'claude-sonnet-4-6',
    'claude-haiku-4-5',
  ],
  modelsEndpoint: '/models',
  surfaces: [
    {
      matches: (endpoint) => /^(\/v1)?\/chat\/completions$/.test(endpoint),
      basePath: '',
      endpoints: anthropicEndpoints,
      credential: BEARER,
      defaultHeaders: {},
    },
    {
      matches: () => true,
      basePath: '',
      endpoints: anthropicEndpoints,
      credential: { header: 'x-api-key', prefix: '' },
      defaultHeaders: { 'anthropic-version': '2023-06-01' },
    },
  ],
};
