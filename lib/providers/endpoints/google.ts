import { openaiEndpoints } from './openai.ts';
import type { EndpointTable } from './types.ts';

const MODEL = 'models/{model}';

/**
 * Google's native API. Sources: Gemini API reference, "All methods" of v1beta, and what `@google/genai` 3 calls of it:
 * it has the interactions API besides.
 */
export const googleEndpoints: EndpointTable = {
  prefixes: ['v1', 'v1alpha', 'v1beta', 'upload', 'download'],
  hasActions: true,
  inference: [
    // Whatever a model is asked to do.
    `POST ${MODEL}/:*`,
    'POST tunedModels/{model}/:generateContent',
    'POST tunedModels/{model}/:streamGenerateContent',
    'POST interactions',
    'GET models',
    'GET models/{model}',
  ],
  objects: [
    'interactions',
    'files',
    'cachedContents',
    'fileSearchStores',
    'batches',
    `${MODEL}/operations`,
    `${MODEL}/batches`,
  ],
  management: [
    'DELETE models/**',
    'PATCH models/**',
    'tunedModels',
    'tuningJobs',
    // A credential for the provider, which outlives the token and knows none of its limits.
    'auth_tokens',
    'corpora',
    'dynamic',
    'generatedFiles',
    'agents',
    'credentials',
    'environments',
    'triggers',
    'voices',
    'webhooks',
    'batch',
  ],
  // Its own addresses are read by `facts/gemini-native.ts`.
  namesModelsBehind: [],
  makings: [
    {
      call: 'POST interactions',
      collection: 'interactions',
      at: 'id',
      streamedAt: 'interaction.id',
      storesByDefault: true,
    },
    { call: 'POST files', collection: 'files', at: 'file.name' },
    { call: 'POST cachedContents', collection: 'cachedContents', at: 'name' },
    { call: 'POST fileSearchStores', collection: 'fileSearchStores', at: 'name' },
    { call: `POST ${MODEL}/:batchGenerateContent`, collection: 'batches', at: 'name' },
    { call: `POST ${MODEL}/:asyncBatchEmbedContent`, collection: 'batches', at: 'name' },
    { call: `POST ${MODEL}/:predictLongRunning`, collection: `${MODEL}/operations`, at: 'name' },
    { call: 'GET batches/{id}', collection: 'files', at: 'response.responsesFile' },
    {
      call: `GET ${MODEL}/operations/{id}`,
      collection: 'files',
      at: 'response.generateVideoResponse.generatedSamples.*.video.uri',
    },
  ],
  references: [
    { call: 'POST interactions', key: 'previous_interaction_id', collection: 'interactions' },
    ...[':generateContent', ':streamGenerateContent'].flatMap((action) =>
      ['cachedContent', 'cached_content'].map((key) => ({
        call: `POST ${MODEL}/${action}`,
        key,
        collection: 'cachedContents',
      })),
    ),
    { call: 'POST interactions', key: 'cached_content', collection: 'cachedContents' },
    { call: 'POST fileSearchStores/{id}/:importFile', key: 'fileName', collection: 'files' },
    { call: 'POST fileSearchStores/{id}/:importFile', key: 'file_name', collection: 'files' },
  ],
};

/** Google's "OpenAI compatibility": below `/v1beta/openai`, with OpenAI's paths. */
export const googleOpenaiEndpoints: EndpointTable = {
  ...openaiEndpoints,
  prefixes: ['v1', 'v1alpha', 'v1beta', 'openai'],
};
