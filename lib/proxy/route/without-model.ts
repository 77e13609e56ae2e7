import type { EndpointUse } from '#lib/providers/endpoints/judge-endpoint.ts';
import type { ApiStyle } from '#lib/providers/facts/types.ts';
import type { EndpointRoute } from '#lib/providers/route-endpoint.ts';
import type { ProviderAccess } from '../access/store.ts';
import { isOwnAnswer, type OwnAnswer, refuse } from '../errors.ts';
import { type Candidate, makeCandidate } from './candidate.ts';
import { judgeCall } from './judge-call.ts';
import { findMissingModel } from './missing-model.ts';
import { answerModels } from './model-list.ts';
import { modelNamesAt } from './model-names.ts';
import { refuseList, refuseManagement } from './reach.ts';
import type { Route } from './route.ts';

/**
 * The route of a call whose address names a provider and no model: files and the like have none, and of others `model` in
 * the body says it.
 *
 * @returns null: it is no endpoint that is known, or one of a model which is not there.
 */
export function readProviderOnly(provider: ProviderAccess, method: string, endpoint: string): OwnAnswer | Route | null {
  const { use, address } = judgeCall(provider, method, endpoint);
  if (use.kind === 'inference') {
    if (!WITH_BODY.has(method)) return answerModels([provider], endpoint, false);
    return { by: 'body', providers: [provider], namesProvider: false, endpoint, method, wanted: use.wanted };
  }
  // The name of a model may begin as an address of management does.
  if (use.kind !== 'object' && findMissingModel(method, endpoint) !== null) return null;
  if (use.kind === 'unknown' && !beginsLikeApi(address, endpoint)) return null;
  const candidate = makeCandidate(provider, method, endpoint, { namesModel: false, open: provider.models });
  return isOwnAnswer(candidate) ? candidate : toRoute(candidate);
}

function beginsLikeApi({ endpoints }: EndpointRoute, endpoint: string): boolean {
  const [, first = ''] = endpoint.split('/');
  return endpoints.prefixes.includes(first.toLowerCase());
}

/** Methods of requests whose body may name a model. */
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH', 'OPTIONS']);

/**
 * The route of a call at the one base URL, by what its path is at each provider of the gateway.
 *
 * @param path as the client wrote it: what comes after the gateway.
 * @param style of the API that the client speaks, where two have an endpoint of that path.
 */
export function readOneBase(
  providers: readonly ProviderAccess[],
  method: string,
  path: string,
  style: ApiStyle,
): OwnAnswer | Route {
  // The one base URL speaks OpenAI's API, or Anthropic's. Google's own has its provider's address.
  const judged = providers
    .map((provider) => ({ provider, ...judgeCall(provider, method, path) }))
    .filter(({ address }) => !address.endpoints.hasActions);
  const has = (kind: string) => judged.some(({ use }) => use.kind === kind);
  const byBody = (): Route => ({
    by: 'body',
    providers,
    namesProvider: true,
    endpoint: path,
    method,
    wanted: wantedBy(judged),
  });
  if (judged.length === 0 || has('inference')) return byBody();

  const withObjects = judged.filter(({ use }) => use.kind === 'object').map(({ provider }) => provider);
  if (withObjects.length > 0) return readObjects(withObjects, method, path, style);
  if (has('list')) return refuseList();
  // What is in no table goes where the model in its body says.
  if (!has('management') && WITH_BODY.has(method)) return byBody();
  const managing = judged.filter(({ use }) => use.kind === 'management' || !has('management'));
  const opened = managing.flatMap(({ provider }) => (provider.opensManagement ? [provider] : []));
  return opened.length > 0 ? toOnlyOne(opened, method, path, style) : refuseManagement();
}

function wantedBy(judged: readonly { use: EndpointUse }[]): ReadonlyMap<string, string> {
  const keys = judged.flatMap(({ use }) => (use.kind === 'inference' && use.wanted.size > 0 ? [use.wanted] : []));
  const [first = NO_KEYS] = keys;
  return keys.length > 1 ? new Map(keys.flatMap((wanted) => [...wanted])) : first;
}

const NO_KEYS: ReadonlyMap<string, string> = new Map();

function readObjects(
  providers: readonly ProviderAccess[],
  method: string,
  path: string,
  style: ApiStyle,
): OwnAnswer | Route {
  const candidates = providers.flatMap((provider) => {
    const candidate = makeCandidate(provider, method, path, { namesModel: false, open: provider.models });
    return isOwnAnswer(candidate) ? [] : [candidate];
  });
  const naming = candidates.filter(({ reach }) => reach.object !== null);
  return naming.length === candidates.length
    ? { by: 'object', candidates: naming }
    : toOnlyOne(providers, method, path, style);
}

/** What tells no provider goes to the only one that has the endpoint, or the only one whose API the client speaks. */
function toOnlyOne(
  providers: readonly ProviderAccess[],
  method: string,
  path: string,
  style: ApiStyle,
): OwnAnswer | Route {
  const spoken = providers.filter((provider) => judgeCall(provider, method, path).address.style === style);
  const [provider, other] = spoken.length === 1 ? spoken : providers;
  if (!provider || other) {
    const addresses = providers.map(({ kind }) => `/${kind}${path}`).join(' or ');
    return refuse('invalid_request', `Several providers have this endpoint. Say which one is meant: ${addresses}.`);
  }
  const candidate = makeCandidate(provider, method, path, { namesModel: false, open: provider.models });
  return isOwnAnswer(candidate) ? candidate : toRoute(candidate);
}

function toRoute(candidate: Candidate): Route {
  return { by: 'address', candidate, models: modelNamesAt(candidate.provider, candidate.provider.models) };
}
