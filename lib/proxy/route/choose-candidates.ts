import type { ProviderAccess } from '../access/store.ts';
import { isOwnAnswer, type OwnAnswer, refuseName } from '../errors.ts';
import type { CallRecord } from '../observe/call-record.ts';
import { type Candidate, makeCandidate } from './candidate.ts';
import { findModel } from './model-path.ts';
import type { Route } from './route.ts';
import { splitProvider } from './split-provider.ts';

/**
 * The upstreams that a call may go to, in the order in which they are tried.
 *
 * @param named `model` in the body; null where the address says it all.
 */
export function chooseCandidates(
  route: Exclude<Route, { by: 'object' }>,
  named: string | null,
  record: CallRecord,
): OwnAnswer | readonly [Candidate, ...Candidate[]] {
  if (route.by === 'address') {
    record.provider = route.candidate.provider.kind;
    return [route.candidate];
  }
  const name = named?.normalize('NFC') ?? '';
  const { provider, model } = route.namesProvider ? findInAll(route.providers, name) : findInOne(route.providers, name);
  if (!provider || model === undefined) return refuseName('model_not_found', 'Model', name);
  record.provider = provider.kind;
  record.model = model;
  const { method, endpoint } = route;
  const candidate = makeCandidate(provider, method, endpoint, true, model === named ? null : model);
  return isOwnAnswer(candidate) ? candidate : [candidate];
}

type Found = { provider: ProviderAccess | undefined; model: string | undefined };

function findInAll(providers: readonly ProviderAccess[], name: string): Found {
  const { provider: kind, rest } = splitProvider(`/${name}`);
  const provider = providers.find((candidate) => candidate.kind === kind);
  return { provider, model: provider && findModel(provider.models, rest.slice(1)) };
}

function findInOne([provider]: readonly ProviderAccess[], name: string): Found {
  return { provider, model: provider && findModel(provider.models, name) };
}
