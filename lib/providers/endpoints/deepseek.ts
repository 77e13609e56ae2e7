import { anthropicEndpoints } from './anthropic.ts';
import { openaiEndpoints } from './openai.ts';
import type { EndpointTable } from './types.ts';

/** Source: DeepSeek API docs, which have `/beta` for some of OpenAI's paths and Anthropic's API below `/anthropic`. */
export const deepseekEndpoints: EndpointTable = {
  prefixes: ['v1', 'beta', 'anthropic'],
  hasActions: false,
  inference: [...openaiEndpoints.inference, ...anthropicEndpoints.inference],
  objects: [],
  // It keeps nothing for clients. Should it begin to, that is not open to everybody from the first day.
  management: [
    'user',
    ...[openaiEndpoints, anthropicEndpoints].flatMap(({ objects, management }) => [...objects, ...management]),
  ],
  namesModelsBehind: [],
  makings: [],
  references: [],
};
