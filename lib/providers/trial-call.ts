import type { ProviderKind } from './catalog.ts';
import type { ApiStyle } from './facts/types.ts';
import { type ModelUse, useOfModel } from './snippets/model-use.ts';

/** A call that shows whether a model answers. */
export type TrialCall = {
  endpoint: string;
  body: object;
  /**
   * What else than success shows that clients can call it: where the smallest answer would cost more than a few usage tokens,
   * such as a picture, too little is asked for, and refusing that is right.
   */
  goodStatuses: readonly number[];
};

/** What endpoints say to a request without its main part; the last to JSON where a file is wanted. */
const INCOMPLETE = [400, 415, 422];

const PROMPT = '.';

/**
 * The smallest call of a model as a client makes it: one usage token long where the API can be told so.
 *
 * @param style of the provider's main API.
 */
export function trialOf(style: ApiStyle, kind: ProviderKind, model: string): TrialCall {
  const use = useOfModel(kind, model);
  if (style === 'google') return trialOfGoogle(use, model);
  if (style === 'anthropic') return { endpoint: '/v1/messages', body: chat(model, 'max_tokens'), goodStatuses: [] };
  switch (use) {
    case 'chat':
      // OpenAI's newer models refuse the older name, others do not know the newer one.
      return {
        endpoint: '/v1/chat/completions',
        body: chat(model, kind === 'openai' ? 'max_completion_tokens' : 'max_tokens'),
        goodStatuses: [],
      };
    case 'embedding':
      return { endpoint: '/v1/embeddings', body: { model, input: PROMPT }, goodStatuses: [] };
    case 'image':
      return { endpoint: '/v1/images/generations', body: { model }, goodStatuses: INCOMPLETE };
    case 'speech':
      return { endpoint: '/v1/audio/speech', body: { model }, goodStatuses: INCOMPLETE };
    case 'transcription':
      return { endpoint: '/v1/audio/transcriptions', body: { model }, goodStatuses: INCOMPLETE };
  }
}

function chat(model: string, limit: 'max_tokens' | 'max_completion_tokens') {
  return { model, messages: [{ role: 'user', content: PROMPT }], [limit]: 1 };
}

function trialOfGoogle(use: ModelUse, model: string): TrialCall {
  const endpoint = `/v1beta/models/${encodeURIComponent(model)}`;
  const content = { parts: [{ text: PROMPT }] };
  if (use === 'embedding') return { endpoint: `${endpoint}:embedContent`, body: { content }, goodStatuses: [] };
  if (model.startsWith('imagen')) return { endpoint: `${endpoint}:predict`, body: {}, goodStatuses: INCOMPLETE };
  const body = { contents: [content], generationConfig: { maxOutputTokens: 1 } };
  return { endpoint: `${endpoint}:generateContent`, body, goodStatuses: [] };
}
