import { decodeName } from '#lib/providers/decode-name.ts';
import type { ProviderAccess } from '../access/store.ts';
import { answerJson, type OwnAnswer, refuseName } from '../errors.ts';

/** When models came to be is not known; OpenAI's clients want a number. */
const CREATED = 0;

/** The list of models or one of it, with its slashes encoded or not. */
const MODELS = /\/models(?:\/(?<encodedId>.*))?$/;

type ListedModel = { id: string; object: 'model'; created: number; owned_by: string };

/**
 * What a gateway may call, as OpenAI's API tells it: the list, or one of the list.
 *
 * @param path with `/models` or `/models/{id}` at its end.
 * @param namesProvider whether an id, and `model` in a body, is of the form `provider/model` at this address.
 */
export function answerModels(
  providers: readonly ProviderAccess[],
  path: string,
  namesProvider: boolean,
): OwnAnswer | null {
  const asked = MODELS.exec(path);
  if (!asked) return null;
  const data = providers.flatMap(({ kind, models }) =>
    models.map((model): ListedModel => {
      return { id: namesProvider ? `${kind}/${model}` : model, object: 'model', created: CREATED, owned_by: kind };
    }),
  );
  const encodedId = asked.groups?.encodedId;
  if (!encodedId) return answerJson({ object: 'list', data });
  const wanted = decodeName(encodedId);
  const one = data.find(({ id }) => id.normalize('NFC') === wanted);
  return one ? answerJson(one) : refuseName('model_not_found', 'Model', wanted);
}
