import { PROVIDERS } from '#lib/providers/catalog.ts';
import { inChosenHeader } from '#lib/providers/facts/credentials.ts';
import { routeEndpoint } from '#lib/providers/route-endpoint.ts';
import type { Head } from '../access/check-head.ts';
import type { UpstreamBody } from '../body/send-body.ts';
import type { CallRequest } from '../call.ts';
import { isOwnAnswer, type OwnAnswer } from '../errors.ts';
import type { Candidate } from '../route/route.ts';
import type { ProxySettings } from '../settings.ts';
import { findBase } from './base-address.ts';
import { headersForProvider } from './request-headers.ts';
import { withoutParameters } from './without-parameters.ts';

/** A request as it goes upstream. */
export type UpstreamRequest = {
  origin: string;
  /** Path and query. */
  path: string;
  method: string;
  /** Names and values in turn. */
  headers: string[];
  body: UpstreamBody['bytes'];
  /** How long the answer may take to begin, and how long it may pause, in ms; without them as the dispatcher has it. */
  headersTimeout?: number | null;
  bodyTimeout?: number | null;
};

/** Makes the request for one candidate, or says why that cannot be called. */
export function makeUpstreamRequest(
  { method, target, headers }: CallRequest,
  head: Head,
  { provider, endpoint }: Candidate,
  { bytes, size }: UpstreamBody,
  settings: ProxySettings,
): OwnAnswer | UpstreamRequest {
  const base = findBase(provider, settings);
  if (isOwnAnswer(base)) return base;
  const { origin } = base;
  const facts = PROVIDERS[provider.kind];
  const route = routeEndpoint(facts, base, endpoint);
  const key = provider.readKey();
  const query = key === null ? target.query : withoutParameters(target.query, facts.credentialParameters ?? []);
  const path = route.path + query;
  const credential = provider.headerName ? inChosenHeader(provider.headerName) : route.credential;
  const signed = key === null ? null : credential.sign(key, { method, origin, path });
  const carrier = head.credential.kind === 'token' ? head.credential.carrier : null;
  const lines = headersForProvider(headers, carrier, signed, route.defaultHeaders, settings.viaName);
  return {
    origin,
    path,
    method,
    headers: size === null || size === head.body.length ? lines : withLength(lines, size),
    body: bytes,
    headersTimeout: provider.firstByteTimeoutMs,
    bodyTimeout: provider.idleTimeoutMs,
  };
}

/** A body that was edited has another length than its client's, and one that came in chunks had none. */
function withLength(lines: readonly string[], size: number): string[] {
  const others = lines.filter((_, index) => lines[index - (index % 2)]?.toLowerCase() !== 'content-length');
  return [...others, 'content-length', String(size)];
}
