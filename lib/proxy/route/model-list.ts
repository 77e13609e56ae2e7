import { decodeName } from '#lib/providers/decode-name.ts';
import type { ProviderAccess } from '../access/store.ts';
import { answerJson, type OwnAnswer, refuseName } from '../errors.ts';
import { findModel } from './model-path.ts';
import { splitProvider } from './split-provider.ts';

/** When models came to be is not known; OpenAI's clients want a number. */
const CREATED = 0;

/** What a gateway may call, as OpenAI's API lists models: the ids are those that `model` in a body may be. */
export function listModels(providers: readonly ProviderAccess[]): OwnAnswer {
  const data = providers.flatMap(({ kind, models }) => models.map((model) => describe(`${kind}/${model}`, kind)));
  return answerJson({ object: 'list', data });
}

/** One model of that list. @param encodedId of the form `provider/model`, as it stands in the path. */
export function describeModel(providers: readonly ProviderAccess[], encodedId: string): OwnAnswer {
  const id = decodeName(encodedId);
  const { provider: kind, rest } = splitProvider(`/${id}`);
  const provider = providers.find((candidate) => candidate.kind === kind);
  const model = provider && findModel(provider.models, rest.slice(1));
  if (model === undefined) return refuseName('model_not_found', 'Model', id);
  return answerJson(describe(`${kind}/${model}`, kind));
}

function describe(id: string, provider: string) {
  return { id, object: 'model', created: CREATED, owned_by: provider };
}
