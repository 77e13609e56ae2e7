import { BEARER, type ProviderFacts } from './types.ts';

const NATIVE = /^(\/upload)?\/v1(alpha|beta)?\/(models|tunedModels|files|cachedContents|batches|operations)(?=[/:]|$)/;

/** Bytes of a file, at once or in steps; `Content-Type: application/json` is its description (Gemini API, "Files"). */
const UPLOAD = /^\/upload\/v1(?:alpha|beta)?\/(?:files|fileSearchStores\/[\w-]+:uploadToFileSearchStore)$/;

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
      credential: { header: 'x-goog-api-key', prefix: '' },
      defaultHeaders: {},
    },
    { matches: () => true, basePath: '/v1beta/openai', credential: BEARER, defaultHeaders: {} },
  ],
  takesFiles: (endpoint) => UPLOAD.test(endpoint),
};
