import { CREDENTIAL_HEADERS, holdsToken, holdsTokenAsHeader } from '../access/credentials.ts';
import type { HeaderLines } from '../headers/header-lines.ts';
import { rememberByName } from '../headers/header-names.ts';
import { connectionOptions, isHopByHop } from '../headers/hop-by-hop.ts';
import { isNotTheClients } from '../headers/not-the-clients.ts';
import { viaLine } from '../headers/via.ts';

/** Headers of the client's own that end here. */
const ENDS_HERE: ReadonlySet<string> = new Set([
  // Names us; the upstream's own is set by the HTTP client (RFC 9110 §7.2).
  'host',
  // In path form these are the console's, of the same origin.
  'cookie',
  // Answered here (RFC 9110 §10.1.1).
  'expect',
  // Addressed to us alone, whatever it holds.
  'cf-aig-authorization',
]);

/** What names an account or is a credential at one provider or another: beside a stored key it would compete with it. */
const BESIDE_A_KEY: ReadonlySet<string> = new Set([
  ...CREDENTIAL_HEADERS,
  'openai-organization',
  'openai-project',
  // Who pays for a call: Google's and Hugging Face's.
  'x-goog-user-project',
  'x-hf-bill-to',
  // Of Codex when its user has signed in at ChatGPT.
  'chatgpt-account-id',
  // Azure's API Management, Amazon's temporary credentials, OpenStack.
  'ocp-apim-subscription-key',
  'x-amz-security-token',
  'x-auth-token',
]);

/** What becomes of a client's header. */
const fateOf = rememberByName((given) => {
  // CGI and its heirs make no difference between the two (RFC 3875 §4.1.18).
  const name = given.replaceAll('_', '-');
  const isOurs = isHopByHop(name) || ENDS_HERE.has(name) || isNotTheClients(name) || name.startsWith('x-latchkey-');
  if (isOurs || (name !== given && /^(?:content-|host$|via$|accept-encoding$)/.test(name))) return 'ends';
  return BESIDE_A_KEY.has(name) ? 'competes' : 'passes';
});

/**
 * The headers of the upstream request: the client's in their order, case and repetition without those that end here,
 * then our `Via`, then the provider's credential.
 *
 * @param carrier the header that carried the authentication token; null without one.
 * @param signed the lines that carry the provider's stored key, names in lower case; null when the client brings its own.
 * @param defaults headers that the provider wants, for a client that does not send them. Names in lower case.
 */
export function headersForProvider(
  headers: HeaderLines,
  carrier: string | null,
  signed: Readonly<Record<string, string>> | null,
  defaults: Readonly<Record<string, string>>,
  viaName: string,
): string[] {
  const named = connectionOptions(headers);
  const ours = signed ? Object.keys(signed) : [];
  const kept: string[] = [];
  for (let index = 0; index < headers.names.length; index++) {
    const name = headers.names[index] ?? '';
    const fate = fateOf(name);
    if (fate === 'ends' || named.has(name)) continue;
    // With a stored key, the client's own must not compete with it.
    if (signed && (fate === 'competes' || ours.includes(name))) continue;
    const value = headers.valueAt(index);
    // A client may send its token more than once, in headers where we do not look for it.
    if (name === carrier || holdsTokenAsHeader(value) || holdsToken(headers.raw[2 * index] ?? '')) continue;
    kept.push(headers.raw[2 * index] ?? '', value);
  }
  for (const name in defaults) {
    if (!headers.names.includes(name)) kept.push(name, defaults[name] ?? '');
  }
  // A line of its own after those of earlier proxies is the same as a longer list (RFC 9110 §5.3, §7.6.3).
  kept.push('via', viaLine(viaName));
  // Last, so that nothing the client sent or `Connection` named can take its place.
  for (const name of ours) kept.push(name, signed?.[name] ?? '');
  return kept;
}
