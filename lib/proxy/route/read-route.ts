import { holdsEncodedToken } from '../access/credentials.ts';
import type { ProviderAccess } from '../access/store.ts';
import { isOwnAnswer, type OwnAnswer, refuse, refuseName } from '../errors.ts';
import type { CallRecord } from '../observe/call-record.ts';
import { describeModel, listModels } from './model-list.ts';
import { endpointNamesOtherModel, guessModel, matchModel, matchNative } from './model-path.ts';
import { readReach } from './reach.ts';
import type { Route } from './route.ts';
import { splitProvider } from './split-provider.ts';
import type { GatewayTarget } from './target.ts';
import { readOneBase, readProviderOnly } from './without-model.ts';

/** Paths that begin like those of OpenAI's API name no provider: `model` in the body does. */
const BY_BODY = 'v1';

/** Reads from a call's address where it goes, or answers what the gateway knows itself. */
export function readRoute(
  method: string,
  { path, query }: GatewayTarget,
  providers: readonly ProviderAccess[],
  record: CallRecord,
): OwnAnswer | Route {
  // It would stand in the logs of every server on the way.
  if (holdsEncodedToken(path) || holdsEncodedToken(query)) {
    return refuse('invalid_request', 'An authentication token must not stand in the address.');
  }
  const { provider: name, rest } = splitProvider(path);
  if (name === BY_BODY) return readByBody(method, path, providers);
  const provider = providers.find(({ kind }) => kind === name);
  if (!provider) return refuseName('model_not_found', 'Provider', name);
  return readByAddress(method, provider, rest, record);
}

function readByAddress(method: string, provider: ProviderAccess, rest: string, record: CallRecord): OwnAnswer | Route {
  const isGoogle = provider.kind === 'gemini';
  const match = matchModel(provider.models, rest) ?? (isGoogle ? matchNative(provider.models, rest) : null);
  if (!match) {
    return readProviderOnly(provider, method, rest) ?? refuseName('model_not_found', 'Model', guessModel(rest));
  }
  const { model, endpoint } = match;
  record.provider = provider.kind;
  record.model = model;
  // Google's SDKs write `models/NAME`.
  const models = isGoogle ? [model, `models/${model}`] : [model];
  const reach = readReach(provider, method, endpoint, true);
  if (isOwnAnswer(reach)) return reach;
  if (isGoogle && endpointNamesOtherModel(endpoint, model)) return refuse('model_mismatch');
  return { by: 'address', candidate: { provider, endpoint, model: null, reach, plainAnswer: false }, models };
}

function readByBody(method: string, path: string, providers: readonly ProviderAccess[]): OwnAnswer | Route {
  if (method === 'GET' && path === '/v1/models') return listModels(providers);
  if (method === 'GET' && path.startsWith('/v1/models/')) {
    return describeModel(providers, path.slice('/v1/models/'.length));
  }
  return readOneBase(providers, method, path);
}
