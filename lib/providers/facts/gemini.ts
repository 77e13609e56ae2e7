import { googleEndpoints, googleOpenaiEndpoints } from '../endpoints/google.ts';
import { BEARER, GOOGLE_API_KEY } from './credentials.ts';
import { geminiNative, openaiEndpointOf, splitNative } from './gemini-native.ts';
import type { Base, ProviderFacts } from './types.ts';

function joinNative({ path }: Base, endpoint: string): string {
  const native = splitNative(endpoint);
  return native ? `${path}${native.transfer}/${native.version}${native.resource}` : path + endpoint;
}

/**
 * Sources: Gemini API reference ("Primary endpoints", "API keys") and "OpenAI compatibility"; for the parameters, Google
 * Cloud APIs, "System parameters".
 */
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
  credentialParameters: ['key', '$key', 'access_token', 'oauth_token', 'userProject', '$userProject'],
  surfaces: [
    {
      style: 'google',
      matches: (endpoint) => splitNative(endpoint) !== null,
      pathOf: joinNative,
      endpoints: googleEndpoints,
      credential: GOOGLE_API_KEY,
      defaultHeaders: {},
    },
    {
      style: 'openai',
      matches: () => true,
      pathOf: ({ path }, endpoint) => `${path}/v1beta/openai${openaiEndpointOf(endpoint)}`,
      endpoints: googleOpenaiEndpoints,
      credential: BEARER,
      defaultHeaders: {},
    },
  ],
  native: geminiNative,
};
