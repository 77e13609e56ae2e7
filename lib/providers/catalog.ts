import { anthropic } from './facts/anthropic.ts';
import { deepseek } from './facts/deepseek.ts';
import { gemini } from './facts/gemini.ts';
import { openai } from './facts/openai.ts';
import { openaiCompatible } from './facts/openai-compatible.ts';
import type { ProviderFacts } from './facts/types.ts';

export type ProviderKind = 'openai' | 'anthropic' | 'gemini' | 'deepseek' | 'openai-compatible';

/** The providers that a gateway can be connected to. The key is the first segment of the gateway's paths. */
export const PROVIDERS: Record<ProviderKind, ProviderFacts> = {
  openai,
  anthropic,
  gemini,
  deepseek,
  'openai-compatible': openaiCompatible,
};

/** Whether `value` names a provider of the catalog. */
export function isProviderKind(value: string): value is ProviderKind {
  return Object.hasOwn(PROVIDERS, value);
}

/** Whether an admin says where a provider is, and in which header its key goes. */
export function takesEndpoint(kind: ProviderKind): boolean {
  return PROVIDERS[kind].baseUrl === null;
}

/** All providers, in the order in which they are offered. */
export function providerKinds(): ProviderKind[] {
  return Object.keys(PROVIDERS).filter(isProviderKind);
}
