import { PROVIDERS } from '#lib/providers/catalog.ts';
import { inChosenHeader } from '#lib/providers/facts/credentials.ts';
import type { Head } from '../access/check-head.ts';
import type { UpstreamBody } from '../body/send-body.ts';
import type { CallRequest } from '../call.ts';
import { isOwnAnswer, type OwnAnswer } from '../errors.ts';
import type { Candidate } from '../route/candidate.ts';
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
  { provider, address }: Candidate,
  { bytes, size }: UpstreamBody,
  settings: ProxySettings,
): OwnAnswer | UpstreamRequest {
  const base = findBase(provider, settings);
  if (isOwnAnswer(base)) return base;
  const { origin } = base;
  const facts = PROVIDERS[provider.kind];
  const key = provider.readKey();
  const query = key === null ? target.query : withoutParameters(target.query, facts.credentialParameters ?? []);
  const path = address.path + query;
  const credential = provider.headerName ? inChosenHeader(provider.headerName) : address.credential;
  const signed = key === null ? null : credential.sign(key, { method, origin, path });
  const carrier = head.credential.kind === 'token' ? head.credential.carrier : null;
  const lines = headersForProvider(headers, carrier, signed, address.defaultHeaders, settings.viaName);
  return {
    origin,
    path,
    method,
    headers: describeBody(lines, size, head.body),
    body: bytes,
    headersTimeout: provider.firstByteTimeoutMs,
    bodyTimeout: provider.idleTimeoutMs,
  };
}

/** For who looks into the answer: its compression is not undone here. */
export function askForPlain(request: UpstreamRequest): UpstreamRequest {
  const { headers } = request;
  const others = headers.filter((_, index) => headers[index - (index % 2)]?.toLowerCase() !== 'accept-encoding');
  return { ...request, headers: [...others, 'accept-encoding', 'identity'] };
}

/** What was made of a body's bytes as they came (RFC 9530 §2, RFC 1864). */
const DIGESTS = new Set(['content-digest', 'repr-digest', 'digest', 'content-md5']);

/**
 * A body that was edited has another length than its client's, one that came in chunks had none, and one that was
 * decoded is not what its client's headers describe.
 */
function describeBody(lines: string[], size: number | null, { length, codings }: Head['body']): string[] {
  const isDecoded = codings !== null && codings.length > 0;
  const isResized = isDecoded || (size !== null && size !== length);
  if (!isResized && codings === null) return lines;
  const isStale = (name: string) =>
    name === 'content-encoding' || (isResized && name === 'content-length') || (isDecoded && DIGESTS.has(name));
  const others = lines.filter((_, index) => !isStale(lines[index - (index % 2)]?.toLowerCase() ?? ''));
  return size === null || !isResized ? others : [...others, 'content-length', String(size)];
}
