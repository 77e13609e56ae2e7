import type { EndpointTable } from './types.ts';

/**
 * Sources: the resources of Anthropic's TypeScript SDK 1, which is made from its OpenAPI document, and "OpenAI SDK
 * compatibility".
 */
export const anthropicEndpoints: EndpointTable = {
  prefixes: ['v1'],
  hasActions: false,
  inference: [
    'POST messages',
    'POST messages/count_tokens',
    'POST complete',
    'POST chat/completions',
    'GET models',
    'GET models/**',
  ],
  objects: ['messages/batches', 'files', 'skills'],
  management: [
    'models',
    'organizations',
    'api_keys',
    // Agents that run by themselves, and what they run in: one names the others in bodies.
    'agents',
    'deployments',
    'deployment_runs',
    'dreams',
    'environments',
    'memory_stores',
    'sessions',
    'tunnels',
    'user_profiles',
    'vaults',
  ],
  namesModelsBehind: [],
  makings: [
    { call: 'POST messages/batches', collection: 'messages/batches', at: 'id' },
    { call: 'POST files', collection: 'files', at: 'id' },
    { call: 'POST skills', collection: 'skills', at: 'id' },
  ],
  references: [],
};
