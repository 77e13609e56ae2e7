import { deepseekEndpoints } from '../endpoints/deepseek.ts';
import { BEARER } from './credentials.ts';
import { endsInVersion, joinAnthropic, joinOpenai, withOneVersion } from './join-path.ts';
import { isMessages, messagesApi } from './messages-api.ts';
import type { Base, ProviderFacts } from './types.ts';

/** Where Anthropic's API is; a base that ends in a version is that of a stand-in, which has all APIs in one place. */
function findMessages(base: Base): Base {
  return endsInVersion(base.path) ? base : { ...base, path: `${base.path}/anthropic` };
}

/** Sources: DeepSeek API docs, "Your first API call" (the base URL goes with and without `/v1`) and "Anthropic API". */
export const deepseek: ProviderFacts = {
  label: 'DeepSeek',
  baseUrl: 'https://api.deepseek.com',
  keyPage: 'https://platform.deepseek.com/api_keys',
  models: ['deepseek-chat', 'deepseek-reasoner'],
  modelsEndpoint: '/models',
  surfaces: [
    {
      ...messagesApi,
      endpoints: deepseekEndpoints,
      matches: (endpoint) => isMessages(endpoint.replace(/^\/anthropic(?=\/)/, '')),
      pathOf: (base, endpoint) => joinAnthropic(findMessages(base), endpoint),
    },
    {
      style: 'openai',
      endpoints: deepseekEndpoints,
      matches: () => true,
      pathOf: (base, endpoint) =>
        endsInVersion(base.path) ? joinOpenai(base, endpoint) : base.path + withOneVersion(endpoint),
      credential: BEARER,
      defaultHeaders: {},
    },
  ],
};
