import type { ProviderAccess } from '../access/store.ts';
import { isOwnAnswer, type OwnAnswer, refuse, refuseName } from '../errors.ts';
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
  if (!provider || model === undefined) return refuseName('model_not_found', 'Model', name, hintFor(route, name));
  record.provider = provider.kind;
  record.model = model;
  const { method, endpoint } = route;
  const naming = { namesModel: true, open: [model], model: model === named ? null : model };
  const candidate = makeCandidate(provider, method, endpoint, naming);
  if (isOwnAnswer(candidate)) return candidate;
  // Known only now: what is at this address was judged as if another provider had it, and is another thing here.
  const isOther = candidate.address.endpoints.hasActions || candidate.reach.object !== null;
  return isOther ? refuse('invalid_request', addressOf(provider, endpoint)) : [candidate];
}

/** What a model that the gateway has is called at this address, where only its provider is too much or too little. */
function hintFor({ providers, namesProvider }: ByBody, name: string): string {
  const { rest } = splitProvider(`/${name}`);
  const has = ({ kind, models }: ProviderAccess) =>
    namesProvider
      ? findModel(models, name) !== undefined
      : name.startsWith(`${kind}/`) && findModel(models, rest.slice(1)) !== undefined;
  const provider = providers.find(has);
  if (!provider) return '';
  return ` Here it is called "${namesProvider ? `${provider.kind}/${name}` : rest.slice(1)}".`;
}

function addressOf({ kind }: ProviderAccess, endpoint: string): string {
  return `What this provider has here is called at its own address: /${kind}${endpoint}.`;
}

type ByBody = Extract<Route, { by: 'body' }>;

type Found = { provider: ProviderAccess | undefined; model: string | undefined };

function findInAll(providers: readonly ProviderAccess[], name: string): Found {
  const { provider: kind, rest } = splitProvider(`/${name}`);
  const provider = providers.find((candidate) => candidate.kind === kind);
  return { provider, model: provider && findModel(provider.models, rest.slice(1)) };
}

function findInOne([provider]: readonly ProviderAccess[], name: string): Found {
  return { provider, model: provider && findModel(provider.models, name) };
}
