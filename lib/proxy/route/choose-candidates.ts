import type { ProviderAccess } from '../access/store.ts';
import { isOwnAnswer, type OwnAnswer, refuseName } from '../errors.ts';
import type { CallRecord } from '../observe/call-record.ts';
import { findModel } from './model-path.ts';
import { readReach } from './reach.ts';
import type { Candidate, Route } from './route.ts';
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
  const reach = readReach(provider, route.method, route.endpoint, true);
  if (isOwnAnswer(reach)) return reach;
  return [{ provider, endpoint: route.endpoint, model: model === named ? null : model, reach, plainAnswer: false }];
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
