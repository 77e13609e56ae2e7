import { googleEndpoints, googleOpenaiEndpoints } from '../endpoints/google.ts';
import { BEARER, type ProviderFacts } from './types.ts';

const NATIVE = /^(\/upload)?\/v1(alpha|beta)?\/(models|tunedModels|files|cachedContents|batches|operations)(?=[/:]|$)/;

/** Sources: Gemini API reference ("Primary endpoints", "API keys") and "OpenAI compatibility". */
export const gemini: ProviderFacts = {
  label: 'Google',
  baseUrl: 'https://generativelanguage.googleapis.com',
  keyPage: 'https://aistudio.google.com/apikey',
  models: [
    'gemini-pro-latest',
    'gemini-flash-latest',
    'gemini-flash-lite-latest',
    'gemini-3.8-flash',
    'gemini-embedding-001',
  ],
  modelsEndpoint: '/v1beta/models',
  surfaces: [
    {
      matches: (endpoint) => NATIVE.test(endpoint),
      basePath: '',
      endpoints: googleEndpoints,
      credential: { header: 'x-goog-api-key', prefix: '' },
      defaultHeaders: {},
    },
    {
      matches: () => true,
      basePath: '/v1beta/openai',
      endpoints: googleOpenaiEndpoints,
      credential: BEARER,
      defaultHeaders: {},
    },
  ],
};
