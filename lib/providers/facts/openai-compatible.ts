import { openaiCompatibleEndpoints } from '../endpoints/openai-compatible.ts';
import { BEARER, type ProviderFacts } from './types.ts';

/** Any endpoint that speaks OpenAI's API, such as vLLM or Ollama. The admin gives its address and its header. */
export const openaiCompatible: ProviderFacts = {
  label: 'OpenAI-compatible',
  baseUrl: null,
  keyPage: null,
  models: [],
  modelsEndpoint: '/models',
  surfaces: [
    { matches: () => true, basePath: '', endpoints: openaiCompatibleEndpoints, credential: BEARER, defaultHeaders: {} },
  ],
};
