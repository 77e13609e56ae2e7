import { openaiEndpoints } from '../endpoints/openai.ts';
import { BEARER } from './credentials.ts';
import { joinOpenai } from './join-path.ts';
import type { ProviderFacts } from './types.ts';

/** Source: OpenAI API reference, "Authentication"; names of models as in its Node SDK 7. */
export const openai: ProviderFacts = {
  label: 'OpenAI',
  baseUrl: 'https://api.openai.com/v1',
  keyPage: 'https://platform.openai.com/api-keys',
  models: [
    'gpt-6.1-sol',
    'gpt-6.1-terra',
    'gpt-6-luna',
    'gpt-5.5',
    'gpt-5.4-mini',
    'gpt-5.4-nano',
    'gpt-5',
    'gpt-4.1',
    'gpt-4.1-mini',
    'gpt-4o',
    'gpt-4o-mini',
    'gpt-image-2.6-sunburst',
    'gpt-4o-transcribe',
    'gpt-4o-mini-tts',
    'whisper-1',
    'text-embedding-3-large',
    'text-embedding-3-small',
  ],
  modelsEndpoint: '/models',
  surfaces: [
    {
      style: 'openai',
      matches: () => true,
      pathOf: joinOpenai,
      endpoints: openaiEndpoints,
      credential: BEARER,
      defaultHeaders: {},
    },
  ],
};
