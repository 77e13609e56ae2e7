import { decodeName } from '#lib/providers/decode-name.ts';
import type { ProviderAccess } from '../access/store.ts';
import { answerJson, type OwnAnswer, refuseName } from '../errors.ts';

/** When models came to be is not known; OpenAI's clients want a number. */
const CREATED = 0;

/** What a gateway may call, as OpenAI's API lists models: the ids are those that `model` in a body may be. */
export function listModels(providers: readonly ProviderAccess[]): OwnAnswer {
  const data = providers.flatMap(({ kind, models }) => models.map((model) => describe(`${kind}/${model}`, kind)));
  return answerJson({ object: 'list', data });
}

/** One model of that list. @param encoded its id, of the form `provider/model`, as it stands in the path. */
export function describeModel(providers: readonly ProviderAccess[], encoded: string): OwnAnswer {
  const id = decodeName(encoded);
  const provider = providers.find(({ kind, models }) => models.some((model) => `${kind}/${model}` === id));
  return provider ? answerJson(describe(id, provider.kind)) : refuseName('model_not_found', 'Model', id);
}

function describe(id: string, provider: string) {
  return { id, object: 'model', created: CREATED, owned_by: provider };
}
