import type { ProviderKind } from '#lib/providers/catalog.ts';

/** A call of one model through a gateway, as code is to be written for it. */
export type SnippetCall = {
  /** One of the gateway's addresses, without a trailing slash. */
  gatewayUrl: string;
  kind: ProviderKind;
  model: string;
  /** An authentication token, or what stands in for one. Null where the gateway asks for none. */
  token: string | null;
};

export type Snippet = { id: string; label: string; code: string };

/** Stands where the token is to be put in. */
export const TOKEN_PLACEHOLDER = 'YOUR_TOKEN';

/** SDKs refuse to start without a key. A gateway without authentication reads none. */
export const NO_TOKEN = 'not-needed';

export const QUESTION = 'What is AI?';

/** The address of one model: what an SDK takes for the provider's own. */
export function modelUrl({ gatewayUrl, kind, model }: SnippetCall): string {
  return `${gatewayUrl}/${kind}/${model}`;
}

/** Models that answer with vectors, by what all providers put into their names. */
export function isEmbeddingModel(model: string): boolean {
  return /(?:^|[^a-z])(?:embedding|embed)(?:[^a-z]|$)/i.test(model);
}
