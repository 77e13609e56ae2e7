import { deepseekEndpoints } from '../endpoints/deepseek.ts';
import { BEARER, type ProviderFacts } from './types.ts';

/** Source: DeepSeek API docs, "Your first API call": the base URL goes with and without `/v1`. */
export const deepseek: ProviderFacts = {
  label: 'DeepSeek',
  baseUrl: 'https://api.deepseek.com',
  keyPage: 'https://platform.deepseek.com/api_keys',
  models: ['deepseek-chat', 'deepseek-reasoner'],
  modelsEndpoint: '/models',
  surfaces: [
    { matches: () => true, basePath: '', endpoints: deepseekEndpoints, credential: BEARER, defaultHeaders: {} },
  ],
};
