import { CREDENTIAL_HEADERS, holdsToken } from '../access/credentials.ts';
import type { HeaderLines } from '../headers/header-lines.ts';
import { rememberByName } from '../headers/header-names.ts';
import { connectionOptions, isHopByHop } from '../headers/hop-by-hop.ts';
import { viaLine } from '../headers/via.ts';

/** Headers that must not go to a provider. */
const NOT_FOR_PROVIDERS: ReadonlySet<string> = new Set([
  // Names us; the upstream's own is set by the HTTP client (RFC 9110 §7.2).
  'host',
  // In path form these are the console's, of the same origin.
  'cookie',
  // Answered here (RFC 9110 §10.1.1).
  'expect',
  // Where the client is, is no business of the provider's, and what the client says of it is not to be believed.
  'forwarded',
  'x-real-ip',
  // Another method than the one that was judged here: Google's servers go by the first.
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
  // Addressed to us alone, whatever it holds.
  'cf-aig-authorization',
]);

const mayReachProviders = rememberByName((name) => {
  if (isHopByHop(name) || NOT_FOR_PROVIDERS.has(name)) return false;
  return !name.startsWith('x-forwarded-') && !name.startsWith('x-latchkey-');
});

export type ProviderCredential = { header: string; value: string };

/**
 * The headers of the upstream request: the client's in their order, case and repetition without those that end here,
 * then our `Via`, then the provider's credential.
 *
 * @param carrier the header that carried the authentication token; null without one.
 * @param credential the provider's stored key; null when the client brings its own.
 * @param defaults headers that the provider wants, for a client that does not send them. Names in lower case.
 */
export function headersForProvider(
  headers: HeaderLines,
  carrier: string | null,
  credential: ProviderCredential | null,
  defaults: Readonly<Record<string, string>>,
  viaName: string,
): string[] {
  const named = connectionOptions(headers);
  const credentialName = credential?.header.toLowerCase();
  const kept: string[] = [];
  for (let index = 0; index < headers.names.length; index++) {
    const name = headers.names[index] ?? '';
    if (!mayReachProviders(name) || named.includes(name)) continue;
    const value = headers.valueAt(index);
    // A client may send its token more than once, in headers where we do not look for it.
    if (name === carrier || holdsToken(value) || holdsToken(headers.raw[2 * index] ?? '')) continue;
    // With a stored key, the client's own must not compete with it.
    if (credential && (CREDENTIAL_HEADERS.has(name) || name === credentialName)) continue;
    kept.push(headers.raw[2 * index] ?? '', value);
  }
  for (const [name, value] of Object.entries(defaults)) {
    if (!headers.names.includes(name)) kept.push(name, value);
  }
  // A line of its own after those of earlier proxies is the same as a longer list (RFC 9110 §5.3, §7.6.3).
  kept.push('via', viaLine(viaName));
  // Last, so that nothing the client sent or `Connection` named can take its place.
  if (credential) kept.push(credential.header, credential.value);
  return kept;
}
