import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isAllowlisted, isPublicAddress, mayCarryKeys } from '#lib/address-guard.ts';
import type { ProviderInput } from './inputs.ts';
import type { ProviderIssue } from './schema.ts';

export type EndpointProblem = 'endpointNotHttps' | 'endpointPrivate' | 'endpointUnresolved';

/**
 * Judges the address of an upstream as it is saved: public and https, unless the operator's allowlist names it. The
 * same is judged again whenever it is dialled, because names come to resolve otherwise; here it is for the admin, who
 * learns of it at once.
 *
 * @param endpoint an http(s) URL; `URL` has already turned octal, hexadecimal and integer forms into dotted ones.
 * @returns null when it may be used.
 */
export async function findEndpointProblem(
  endpoint: string,
  allowlist: readonly string[],
): Promise<EndpointProblem | null> {
  const url = new URL(endpoint);
  if (isAllowlisted(allowlist, url)) return null;
  if (!mayCarryKeys(allowlist, url)) return 'endpointNotHttps';
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host)) return isPublicAddress(host) ? null : 'endpointPrivate';
  const addresses = await lookup(host, { all: true }).catch(() => []);
  if (addresses.length === 0) return 'endpointUnresolved';
  const allowed = ({ address }: { address: string }) => isPublicAddress(address) || allowlist.includes(address);
  return addresses.every(allowed) ? null : 'endpointPrivate';
}

/** Judges the endpoints of a list before anything is written. */
export async function findEndpointIssues(
  providers: readonly ProviderInput[],
  allowlist: readonly string[],
): Promise<ProviderIssue[]> {
  const problems = await Promise.all(
    providers.map(({ endpoint }) => (endpoint === undefined ? null : findEndpointProblem(endpoint, allowlist))),
  );
  return problems.flatMap((message, index) => (message ? [{ index, field: 'endpoint' as const, message }] : []));
}
