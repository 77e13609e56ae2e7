import { PROVIDERS } from '#lib/providers/catalog.ts';
import { routeEndpoint } from '#lib/providers/route-endpoint.ts';
import { isAllowlisted } from './address-guard.ts';
import type { BodyFacts } from './body-facts.ts';
import { holdsToken } from './credentials.ts';
import { type ErrorCode, type Refusal, refuse, refuseName, refuseToken } from './errors.ts';
import type { HeaderLines } from './header-lines.ts';
import { endpointNamesOtherModel, type ModelMatch, matchModel } from './model-path.ts';
import { headersForProvider } from './request-headers.ts';
import type { ProxySettings } from './settings.ts';
import type { Access, ProviderAccess } from './store.ts';
import type { GatewayTarget } from './target.ts';

/** A request that may go upstream, as it goes. */
export type ForwardPlan = {
  kind: 'forward';
  origin: string;
  /** Path and query. */
  path: string;
  method: string;
  /** Names and values in turn. */
  headers: string[];
  body: BodyFacts;
  /** What `model` in a JSON body may be. Null: the body is not looked at. */
  models: readonly string[] | null;
  /** What the client is told when the upstream cannot be reached or understood. */
  unreachable: ErrorCode;
  /** What let the request in; null for the console, which judges by itself. */
  access: GrantedAccess | null;
};

/** The gateway's name, and the ids of token and gateway: when one of them is revoked, the call is cut. */
export type GrantedAccess = { slug: string; subjectIds: readonly string[] };

/** A request whose head is well formed. */
export type Candidate = {
  method: string;
  target: GatewayTarget;
  headers: HeaderLines;
  body: BodyFacts;
  /** The header that the token stood in; null without one. */
  carrier: string | null;
};

/**
 * Judges a request by what the store knows, in the order of `design.md` §4: gateway, token, limits, provider and model.
 * Only the body remains to be judged after that.
 */
export function decide(request: Candidate, access: Access, settings: ProxySettings): Refusal | ForwardPlan {
  const { target } = request;
  if (access.kind === 'gateway_not_found') return refuseName('gateway_not_found', 'Gateway', target.slug);
  if (access.kind === 'token_refused') return refuseToken(target.slug, 'invalid_authentication_token');

  const { length, json } = request.body;
  const limit = json ? settings.MAX_JSON_BODY_BYTES : settings.MAX_BODY_BYTES;
  if (length !== null && length > limit) return refuse('request_too_large');
  // It would stand in the logs of every server on the way.
  if (holdsToken(target.path) || holdsToken(target.query)) {
    return refuse('invalid_request', 'An authentication token must not stand in the address.');
  }

  const { provider: name, rest } = splitProvider(target.path);
  if (!access.provider) return refuseName('model_not_found', 'Provider', name);
  const match = matchModel(access.provider.models, rest);
  if (!match) return refuseName('model_not_found', 'Model', rest.slice(1));
  if (access.provider.kind === 'gemini' && endpointNamesOtherModel(match.endpoint, match.model)) {
    return refuse('model_mismatch');
  }
  const subjectIds = access.tokenId === null ? [access.gatewayId] : [access.tokenId, access.gatewayId];
  return plan(request, access.provider, match, { slug: target.slug, subjectIds }, settings);
}

/** The first segment of a gateway's path, and what follows it. */
export function splitProvider(path: string): { provider: string; rest: string } {
  const end = path.indexOf('/', 1);
  return end < 0 ? { provider: path.slice(1), rest: '' } : { provider: path.slice(1, end), rest: path.slice(end) };
}

function plan(
  { method, target, headers, body, carrier }: Candidate,
  { kind, baseUrl, headerName, readKey }: ProviderAccess,
  { model, endpoint }: ModelMatch,
  access: GrantedAccess,
  settings: ProxySettings,
): Refusal | ForwardPlan {
  const facts = PROVIDERS[kind];
  const base = URL.parse(baseUrl ?? facts.baseUrl ?? '');
  if (!base) return refuse('upstream_unreachable', 'The provider has no usable address.');
  if (isOurOwn(base, settings)) return refuse('loop_detected');
  // A provider's key must not travel in the clear, unless whoever runs this names the host.
  if (base.protocol !== 'https:' && !isAllowlisted(settings.UPSTREAM_ALLOWLIST, base.hostname, base.port)) {
    return refuse('upstream_unreachable', 'The provider has no usable address.');
  }
  const route = routeEndpoint(facts, base.pathname, endpoint);
  const { header, prefix } = headerName ? { header: headerName, prefix: '' } : route.credential;
  const key = readKey();
  const credential = key === null ? null : { header, value: prefix + key };
  return {
    kind: 'forward',
    origin: base.origin,
    path: route.path + target.query,
    method,
    headers: headersForProvider(headers, carrier, credential, route.defaultHeaders, settings.viaName),
    body,
    // Google's SDKs write `models/NAME`.
    models: kind === 'gemini' ? [model, `models/${model}`] : [model],
    unreachable: 'upstream_unreachable',
    access,
  };
}

/** Whether an upstream's address is one that this deployment answers to; `Via` finds what this misses. */
function isOurOwn(base: URL, { GATEWAY_DOMAIN, CONSOLE_ORIGIN }: ProxySettings): boolean {
  const host = base.hostname.replace(/\.$/, '');
  return host.endsWith(`.${GATEWAY_DOMAIN}`) || base.origin === CONSOLE_ORIGIN;
}
