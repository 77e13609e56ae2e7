import { BEARER, type ProviderFacts } from './types.ts';

/** Sources: Anthropic API docs, "API overview" (headers) and "OpenAI SDK compatibility". */
export const anthropic: ProviderFacts = {
  label: 'Anthropic',
  baseUrl: 'https://api.anthropic.com/v1',
  keyPage: 'https://console.anthropic.com/settings/keys',
  models: [
    'claude-opus-4-5',
    'claude-sonnet-4-5',
    'claude-haiku-4-5',
    'claude-opus-4-1',
    'claude-sonnet-4-0',
    'claude-3-5-haiku-latest',
  ],
  modelsEndpoint: '/models',
  surfaces: [
    {
      matches: (endpoint) => /^(\/v1)?\/chat\/completions$/.test(endpoint),
      basePath: '',
      credential: BEARER,
      defaultHeaders: {},
    },
    {
      matches: () => true,
      basePath: '',
      credential: { header: 'x-api-key', prefix: '' },
      defaultHeaders: { 'anthropic-version': '2023-06-01' },
    },
  ],
};
