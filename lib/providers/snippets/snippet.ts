import type { ProviderKind } from '../catalog.ts';
import { modelPathOf } from '../model-name.ts';
import { type ModelUse, useOfModel } from './model-use.ts';

/** A call of one model through a gateway, as code is to be written for it. */
export type SnippetCall = {
  /** One of the gateway's addresses, without a trailing slash. */
  gatewayUrl: string;
  kind: ProviderKind;
  model: string;
  /** Whether the address is the model's own, or the one of all models, which then are named with their provider. */
  reach: 'model' | 'gateway';
  /** An authentication token, or what stands in for one. Null where the gateway asks for none. */
  token: string | null;
};

export type Snippet = { id: string; label: string; code: string };

/** What code is put together from. */
export type SnippetParts = {
  use: ModelUse;
  /** What OpenAI's SDKs take for the base URL of its API. */
  baseUrl: string;
  /** The model's name in the body. */
  model: string;
  /** What SDKs take for an API key: they refuse to start without one, which a gateway without authentication reads not. */
  apiKey: string;
};

/** Stands where the token is to be put in. */
export const TOKEN_PLACEHOLDER = 'YOUR_TOKEN';

export const QUESTION = 'What is AI?';
export const PICTURE = 'A lighthouse at dawn';
export const SPOKEN = 'Good morning!';

/** The address that a call goes below: the model's own, or that of all models. */
export function baseUrlOf({ gatewayUrl, kind, model, reach }: SnippetCall): string {
  return reach === 'gateway' ? `${gatewayUrl}/v1` : `${gatewayUrl}/${kind}/${modelPathOf(model)}`;
}

export function partsOf(call: SnippetCall): SnippetParts {
  const { kind, model, reach, token } = call;
  return {
    use: useOfModel(kind, model),
    baseUrl: baseUrlOf(call),
    model: reach === 'gateway' ? `${kind}/${model}` : model,
    apiKey: token ?? 'not-needed',
  };
}

/** Whether a model answers with a picture's bytes unasked, and refuses to be asked for them. */
export function answersInBase64(model: string): boolean {
  return /(?:^|\/)gpt-image/.test(model);
}
