import { PROVIDERS } from '#lib/providers/catalog.ts';
import { isOpenaiResource, withOneVersion } from '#lib/providers/facts/join-path.ts';
import type { ApiStyle } from '#lib/providers/facts/types.ts';
import { holdsEncodedToken } from '../access/credentials.ts';
import type { ProviderAccess } from '../access/store.ts';
import { answerJson, isOwnAnswer, type OwnAnswer, refuse, refuseName } from '../errors.ts';
import type { HeaderLines } from '../headers/header-lines.ts';
import type { CallRecord } from '../observe/call-record.ts';
import { makeCandidate } from './candidate.ts';
import { judgeCall } from './judge-call.ts';
import { guessModel } from './missing-model.ts';
import { answerModels } from './model-list.ts';
import { modelNamesAt } from './model-names.ts';
import { findModel, type ModelMatch, matchModel } from './model-path.ts';
import type { Route } from './route.ts';
import { splitProvider } from './split-provider.ts';
import type { GatewayTarget } from './target.ts';
import { readOneBase, readProviderOnly } from './without-model.ts';

/** Paths that begin like those of OpenAI's API name no provider: `model` in the body does. */
const BY_BODY = 'v1';

/** For clients whose base URL is the gateway itself. */
const BASE_URL_HINT = ' The base URL for all models ends in /v1.';

type Asked = { method: string; target: GatewayTarget; headers: HeaderLines };

/** Reads from a call's address where it goes, or answers what the gateway knows itself. */
export function readRoute(
  { method, target: { path, query }, headers }: Asked,
  providers: readonly ProviderAccess[],
  record: CallRecord,
): OwnAnswer | Route {
  // It would stand in the logs of every server on the way.
  if (holdsEncodedToken(path) || holdsEncodedToken(query)) {
    return refuse('invalid_request', 'An authentication token must not stand in the address.');
  }
  const owner = providers.find(({ kind }) => PROVIDERS[kind].native?.ownsAtRoot(path));
  if (owner) return readByAddress(method, owner, path, record);
  const { provider: name, rest } = splitProvider(path);
  if (name === BY_BODY) return readByBody(method, withOneVersion(path), providers, styleOf(headers));
  const provider = providers.find(({ kind }) => kind === name);
  if (!provider) return refuseName('model_not_found', 'Provider', name, isOpenaiResource(path) ? BASE_URL_HINT : '');
  return readByAddress(method, provider, rest, record);
}

function readByAddress(method: string, provider: ProviderAccess, path: string, record: CallRecord): OwnAnswer | Route {
  const match = matchModel(provider.models, path);
  const native = readNative(method, provider, match, path, record);
  if (native) return native;
  if (!match) {
    const route = readProviderOnly(provider, method, path);
    return route ?? refuseName('model_not_found', 'Model', guessModel(method, path));
  }
  const { model, endpoint } = match;
  const listed = isReading(method) && judgeCall(provider, method, endpoint).use.kind === 'inference';
  // What the provider would list, this gateway does not have.
  const models = listed ? answerModels([{ ...provider, models: [model] }], endpoint, false) : null;
  if (models) return models;
  record.provider = provider.kind;
  record.model = model;
  const candidate = makeCandidate(provider, method, endpoint, { namesModel: true, open: [model] });
  return isOwnAnswer(candidate) ? candidate : { by: 'address', candidate, models: modelNamesAt(provider, [model]) };
}

/** As `readByAddress` for an API whose addresses name models themselves; null: the path is none of these. */
function readNative(
  method: string,
  provider: ProviderAccess,
  match: ModelMatch | null,
  path: string,
  record: CallRecord,
): OwnAnswer | Route | null {
  const { native } = PROVIDERS[provider.kind];
  const endpoint = match?.endpoint ?? path;
  const address = native?.read(endpoint);
  if (!native || !address) return null;
  const open = match ? [match.model] : provider.models;
  const other = address.models.find((name) => findModel(open, name) === undefined);
  if (other !== undefined) {
    return match ? refuse('model_mismatch') : refuseName('model_not_found', 'Model', other);
  }
  const [written] = address.models;
  const named = (written !== undefined && findModel(open, written)) || null;
  if (isReading(method) && address.asks === 'models') return answerJson(native.listModels(open));
  if (isReading(method) && address.asks === 'model' && named !== null) return answerJson(native.describeModel(named));
  record.provider = provider.kind;
  record.model = match?.model ?? named;
  const candidate = makeCandidate(provider, method, endpoint, { namesModel: match !== null || named !== null, open });
  if (isOwnAnswer(candidate)) return candidate;
  const models = address.takesFiles ? 'file' : modelNamesAt(provider, named === null ? open : [named]);
  return { by: 'address', candidate, models };
}

/** Anthropic's API wants the header of every client ("Versions" in its documentation), and no other has it. */
function styleOf(headers: HeaderLines): ApiStyle {
  return headers.first('anthropic-version') === undefined ? 'openai' : 'anthropic';
}

function readByBody(
  method: string,
  path: string,
  providers: readonly ProviderAccess[],
  style: ApiStyle,
): OwnAnswer | Route {
  const asksModels = isReading(method) && (path === '/v1/models' || path.startsWith('/v1/models/'));
  const models = asksModels ? answerModels(providers, path.slice('/v1'.length), true) : null;
  return models ?? readOneBase(providers, method, path, style);
}

/** RFC 9110 §9.3.2: HEAD is answered as GET, without the body; that servers leave out. */
function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
