import { PROVIDERS } from '#lib/providers/catalog.ts';
import { routeEndpoint } from '#lib/providers/route-endpoint.ts';
import type { Head } from '../access/check-head.ts';
import type { UpstreamBody } from '../body/send-body.ts';
import type { CallRequest } from '../call.ts';
import { isOwnAnswer, type OwnAnswer } from '../errors.ts';
import type { Candidate } from '../route/route.ts';
import type { ProxySettings } from '../settings.ts';
import { findBase } from './base-address.ts';
import { headersForProvider } from './request-headers.ts';

/** A request as it goes upstream. */
export type UpstreamRequest = {
  origin: string;
  /** Path and query. */
  path: string;
  method: string;
  /** Names and values in turn. */
  headers: string[];
  body: UpstreamBody['bytes'];
};

/** Makes the request for one candidate, or says why that cannot be called. */
export function makeUpstreamRequest(
  { method, target, headers }: CallRequest,
  head: Head,
  { provider, endpoint, plainAnswer }: Candidate,
  { bytes, size }: UpstreamBody,
  settings: ProxySettings,
): OwnAnswer | UpstreamRequest {
  const base = findBase(provider, settings);
  if (isOwnAnswer(base)) return base;
  const route = routeEndpoint(PROVIDERS[provider.kind], base.path, endpoint);
  const { header, prefix } = provider.headerName ? { header: provider.headerName, prefix: '' } : route.credential;
  const key = provider.readKey();
  const providerCredential = key === null ? null : { header, value: prefix + key };
  const carrier = head.credential.kind === 'token' ? head.credential.carrier : null;
  let lines = headersForProvider(headers, carrier, providerCredential, route.defaultHeaders, settings.viaName);
  // A body that was edited has another length than its client's, and one that came in chunks had none.
  if (size !== null && size !== head.body.length) lines = withLine(lines, 'content-length', String(size));
  if (plainAnswer) lines = withLine(lines, 'accept-encoding', 'identity');
  return {
    origin: base.origin,
    path: route.path + target.query,
    method,
    headers: lines,
    body: bytes,
  };
}

/** @param name in lower case; takes the place of the lines of that name. */
function withLine(lines: readonly string[], name: string, value: string): string[] {
  const others = lines.filter((_, index) => lines[index - (index % 2)]?.toLowerCase() !== name);
  return [...others, name, value];
}
