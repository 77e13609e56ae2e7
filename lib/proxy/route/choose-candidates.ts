import { isAllowlisted } from '#lib/address-guard.ts';
import { PROVIDERS } from '#lib/providers/catalog.ts';
import { routeEndpoint } from '#lib/providers/route-endpoint.ts';
import { holdsEncodedToken } from '../access/credentials.ts';
import type { Access, ProviderAccess } from '../access/store.ts';
import type { BodyFacts } from '../body/body-facts.ts';
import { MODEL_WANTED } from '../body/open-body.ts';
import { isOwnAnswer, type OwnAnswer, refuse, refuseName, refuseToken } from '../errors.ts';
import type { HeaderLines } from '../headers/header-lines.ts';
import type { CallRecord } from '../observe/call-record.ts';
import type { ProxySettings } from '../settings.ts';
import { headersForProvider } from '../upstream/request-headers.ts';
import { describeModel, listModels } from './model-list.ts';
import { endpointNamesOtherModel, guessModel, matchModel, matchNative } from './model-path.ts';
import type { Destination, ForwardPlan, GrantedAccess, Route } from './route.ts';
import type { GatewayTarget } from './target.ts';

/** A request whose head is well formed. */
export type Candidate = {
  method: string;
  target: GatewayTarget;
  headers: HeaderLines;
  body: BodyFacts;
  /** The header that the token stood in; null without one. */
  carrier: string | null;
  /** Where is noted what the request turns out to be. */
  record: CallRecord;
};

/**
 * Judges a request by what the store knows, in the order of `design.md` §4: gateway, token, limits, provider and model.
 * Only the body remains to be judged after that.
 */
export function decide(request: Candidate, access: Access, settings: ProxySettings): OwnAnswer | ForwardPlan {
  const { target, record } = request;
  record.gatewayExists = access.kind !== 'gateway_not_found';
  if (access.kind === 'gateway_not_found') return refuseName('gateway_not_found', 'Gateway', target.slug);
  if (access.kind === 'token_refused') return refuseToken(target.slug, 'invalid_authentication_token');

  const { gatewayId, token } = access;
  record.gatewayId = gatewayId;
  record.tokenId = token?.id ?? null;
  const { length, json } = request.body;
  const limit = json ? settings.MAX_JSON_BODY_BYTES : settings.MAX_BODY_BYTES;
  if (length !== null && length > limit) return refuse('request_too_large');
  // It would stand in the logs of every server on the way.
  if (holdsEncodedToken(target.path) || holdsEncodedToken(target.query)) {
    return refuse('invalid_request', 'An authentication token must not stand in the address.');
  }

  const subjectIds = token === null ? [gatewayId] : [token.secretId, token.id, gatewayId];
  const granted = { slug: target.slug, subjectIds };
  const { provider: name, rest } = splitProvider(target.path);
  if (name === BY_BODY) return planByModel(request, access.providers, granted, settings);
  const provider = access.providers.find(({ kind }) => kind === name);
  if (!provider) return refuseName('model_not_found', 'Provider', name);
  return planByAddress(request, provider, rest, granted, settings);
}

/** Paths that begin like those of OpenAI's API name no provider: `model` in the body does. */
const BY_BODY = 'v1';

function planByAddress(
  request: Candidate,
  provider: ProviderAccess,
  rest: string,
  access: GrantedAccess,
  settings: ProxySettings,
): OwnAnswer | ForwardPlan {
  const match = matchModel(provider.models, rest) ?? (provider.kind === 'gemini' && matchNative(provider.models, rest));
  if (!match) return refuseName('model_not_found', 'Model', guessModel(rest));
  const { model, endpoint } = match;
  noteModel(request.record, provider, model);
  const isGoogle = provider.kind === 'gemini';
  if (isGoogle && endpointNamesOtherModel(endpoint, model)) return refuse('model_mismatch');
  const destination = findDestination(request, provider, endpoint, settings);
  if (isOwnAnswer(destination)) return destination;
  // Google's SDKs write `models/NAME`.
  const models = isGoogle ? [model, `models/${model}`] : [model];
  return makePlan(request, access, { by: 'address', destination, models });
}

function planByModel(
  request: Candidate,
  providers: readonly ProviderAccess[],
  access: GrantedAccess,
  settings: ProxySettings,
): OwnAnswer | ForwardPlan {
  const { method, target } = request;
  if (method === 'GET' && target.path === '/v1/models') return listModels(providers);
  if (method === 'GET' && target.path.startsWith('/v1/models/')) {
    return describeModel(providers, target.path.slice('/v1/models/'.length));
  }
  if (!request.body.present) return refuse('invalid_request', MODEL_WANTED);
  return makePlan(request, access, {
    by: 'model',
    choose(name) {
      const { provider: kind, rest } = splitProvider(`/${name}`);
      const provider = providers.find((candidate) => candidate.kind === kind);
      const model = rest.slice(1);
      if (!provider?.models.includes(model)) return refuseName('model_not_found', 'Model', name);
      noteModel(request.record, provider, model);
      const destination = findDestination(request, provider, target.path, settings);
      return isOwnAnswer(destination) ? destination : { ...destination, model };
    },
  });
}

function noteModel(record: CallRecord, provider: ProviderAccess, model: string): void {
  record.provider = provider.kind;
  record.model = model;
}

function makePlan({ method, body }: Candidate, access: GrantedAccess, route: Route): ForwardPlan {
  return { kind: 'forward', method, body, route, unreachable: 'upstream_unreachable', access };
}

/** The first segment of a gateway's path, and what follows it. */
export function splitProvider(path: string): { provider: string; rest: string } {
  const end = path.indexOf('/', 1);
  return end < 0 ? { provider: path.slice(1), rest: '' } : { provider: path.slice(1, end), rest: path.slice(end) };
}

/** @param endpoint what follows the model, as the client wrote it. */
function findDestination(
  { target, headers, carrier }: Candidate,
  provider: ProviderAccess,
  endpoint: string,
  settings: ProxySettings,
): OwnAnswer | Destination {
  const base = findBase(provider, settings);
  if (isOwnAnswer(base)) return base;
  const route = routeEndpoint(PROVIDERS[provider.kind], base.path, endpoint);
  const { header, prefix } = provider.headerName ? { header: provider.headerName, prefix: '' } : route.credential;
  const key = provider.readKey();
  const credential = key === null ? null : { header, value: prefix + key };
  return {
    origin: base.origin,
    path: route.path + target.query,
    headers: headersForProvider(headers, carrier, credential, route.defaultHeaders, settings.viaName),
  };
}

type Base = { origin: string; path: string };

/** Parsed and judged once for as long as a provider is remembered: that costs more than all else here. */
const bases = new WeakMap<ProviderAccess, OwnAnswer | Base>();

function findBase(provider: ProviderAccess, settings: ProxySettings): OwnAnswer | Base {
  const known = bases.get(provider);
  if (known) return known;
  const base = judgeBase(provider.baseUrl ?? PROVIDERS[provider.kind].baseUrl ?? '', settings);
  bases.set(provider, base);
  return base;
}

function judgeBase(baseUrl: string, settings: ProxySettings): OwnAnswer | Base {
  const base = URL.parse(baseUrl);
  if (!base) return refuse('upstream_unreachable', 'The provider has no usable address.');
  if (isOurOwn(base, settings)) return refuse('loop_detected');
  // A provider's key must not travel in the clear, unless whoever runs this names the host.
  if (base.protocol !== 'https:' && !isAllowlisted(settings.UPSTREAM_ALLOWLIST, base)) {
    return refuse('upstream_unreachable', 'The provider has no usable address.');
  }
  return { origin: base.origin, path: base.pathname };
}

/** Whether an upstream's address is one that this deployment answers to; `Via` finds what this misses. */
function isOurOwn(base: URL, { GATEWAY_DOMAIN, CONSOLE_ORIGIN }: ProxySettings): boolean {
  const host = base.hostname.replace(/\.$/, '');
  return host.endsWith(`.${GATEWAY_DOMAIN}`) || base.origin === CONSOLE_ORIGIN;
}
