import { HeaderLines } from '../headers/header-lines.ts';
import { rememberByName } from '../headers/header-names.ts';
import { connectionOptions, isHopByHop } from '../headers/hop-by-hop.ts';
import { viaLine } from '../headers/via.ts';
import { KEPT_FOR_ORIGIN } from './kept-for-origin.ts';

/** Says which line of the log is about a call. Providers have `x-request-id` of their own, which pass unchanged. */
export const REQUEST_ID_HEADER = 'x-latchkey-request-id';

/** Headers that a provider must not send in our name. */
const NOT_FROM_PROVIDERS: ReadonlySet<string> = new Set([
  // Only the gateway's own errors carry it: it is how clients tell them from the provider's.
  'x-latchkey-error',
  // It names one line of one log, and ours is set after.
  REQUEST_ID_HEADER,
  ...KEPT_FOR_ORIGIN,
]);

/** Which pages may read an answer, the gateway says (`access/cors.ts`); of a provider's many say `*`. */
const CORS_PREFIX = 'access-control-';

const mayComeFromConsole = rememberByName((name) => !isHopByHop(name));
const mayComeFromProviders = rememberByName(
  (name) => mayComeFromConsole(name) && !NOT_FROM_PROVIDERS.has(name) && !name.startsWith(CORS_PREFIX),
);

const CODING = 'transfer-encoding';

/**
 * The headers of the client's response: the upstream's in their order, case and repetition without those of the
 * upstream's connection, then ours: `Via` (RFC 9110 §7.6.3) and, for what a provider sent, a policy.
 *
 * @param raw names and values in turn.
 * @param fromProvider false: from the console.
 */
export function headersForClient(raw: readonly string[], viaName: string, fromProvider: boolean): string[] {
  const headers = new HeaderLines(raw);
  const named = connectionOptions(headers);
  const kept: string[] = [];
  for (let index = 0; index < headers.names.length; index++) {
    const name = headers.names[index] ?? '';
    if (!(fromProvider ? mayComeFromProviders(name) : mayComeFromConsole(name)) || named.has(name)) continue;
    const value = headers.valueAt(index);
    if (fromProvider && name === 'www-authenticate' && !isBearer(value)) continue;
    kept.push(raw[2 * index] ?? '', value);
  }
  // Browsers need no token at an open gateway, and in path form a page from there would act as the console's own. Of
  // several policies all count (CSP3 §8.1), so the provider's cannot undo this one; no client but a browser reads it.
  if (fromProvider) kept.push('content-security-policy', 'sandbox');
  kept.push('via', viaLine(viaName));
  return kept;
}

/** Of the others browsers ask their user for a password, or send what they have for the origin (RFC 9110 §11.6.1). */
const isBearer = (challenge: string) => /^\s*bearer\b[^,]*(?:,\s*[\w-]+\s*=[^,]*)*$/i.test(challenge);

/**
 * Whether the body of a response is what its sender meant: of transfer codings only `chunked` was undone, and the header
 * that names others ends here (RFC 9112 §6.1).
 *
 * @param raw names and values in turn.
 */
export function isDecoded(raw: readonly string[]): boolean {
  return raw.every((name, index) => {
    if (index % 2 === 1 || name.length !== CODING.length || name.toLowerCase() !== CODING) return true;
    return raw[index + 1]?.trim().toLowerCase() === 'chunked';
  });
}
