import { BEARER, type ProviderFacts } from './types.ts';

/** Source: OpenAI API reference, "Authentication" and "Models". */
export const openai: ProviderFacts = {
  label: 'OpenAI',
  baseUrl: 'https://api.openai.com/v1',
  keyPage: 'https://platform.openai.com/api-keys',
  models: [
    'gpt-5.1',
    'gpt-5',
    'gpt-5-mini',
    'gpt-5-nano',
    'gpt-4.1',
    'gpt-4.1-mini',
    'gpt-4o',
    'gpt-4o-mini',
    'o4-mini',
    'gpt-4o-transcribe',
    'gpt-4o-mini-tts',
    'gpt-image-1',
    'whisper-1',
    'text-embedding-3-large',
    'text-embedding-3-small',
  ],
  modelsEndpoint: '/models',
  surfaces: [{ matches: () => true, basePath: '', credential: BEARER, defaultHeaders: {} }],
};
