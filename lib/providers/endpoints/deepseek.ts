import { anthropicEndpoints } from './anthropic.ts';
import { mergeEndpoints } from './merge-endpoints.ts';
import { openaiEndpoints } from './openai.ts';
import type { EndpointTable } from './types.ts';

const both = mergeEndpoints(openaiEndpoints, anthropicEndpoints);

/** Source: DeepSeek API docs, which have `/beta` for some of OpenAI's paths and Anthropic's API below `/anthropic`. */
export const deepseekEndpoints: EndpointTable = {
  ...both,
  prefixes: ['v1', 'beta', 'anthropic'],
  management: [...both.management, 'user'],
};
