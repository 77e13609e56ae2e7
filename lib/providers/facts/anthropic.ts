import { anthropicEndpoints } from '../endpoints/anthropic.ts';
import { BEARER } from './credentials.ts';
import { joinOpenai, withoutVersion } from './join-path.ts';
import { messagesApi } from './messages-api.ts';
import type { ProviderFacts } from './types.ts';

/** Source: Anthropic API docs, "OpenAI SDK compatibility"; names of models as in its SDK 1. */
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
      style: 'openai',
      matches: (endpoint) => withoutVersion(endpoint) === '/chat/completions',
      pathOf: joinOpenai,
      endpoints: anthropicEndpoints,
      credential: BEARER,
      defaultHeaders: {},
    },
    { ...messagesApi, endpoints: anthropicEndpoints, matches: () => true },
  ],
};
