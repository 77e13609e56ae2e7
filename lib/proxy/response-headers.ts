import { HeaderLines } from './header-lines.ts';
import { connectionOptions, isHopByHop } from './hop-by-hop.ts';
import { viaLine } from './via.ts';

/** Headers that a provider must not send in our name. */
const NOT_FROM_PROVIDERS: ReadonlySet<string> = new Set([
  // Only the gateway's own errors carry it: it is how clients tell them from the provider's.
  'x-latchkey-error',
  // They speak for an origin, and in path form that is the console's. Cookies are not passed on the other way either.
  'set-cookie',
  'strict-transport-security',
  'clear-site-data',
  'alt-svc',
]);

/**
 * The headers of the client's response: the upstream's in their order, case and repetition without those of the
 * upstream's connection, then our `Via` (RFC 9110 §7.6.3).
 *
 * @param raw names and values in turn.
 * @param fromProvider false: from the console.
 */
export function headersForClient(raw: readonly string[], viaName: string, fromProvider: boolean): string[] {
  const headers = new HeaderLines(raw);
  const named = connectionOptions(headers);
  const kept: string[] = [];
  for (const [index, name] of headers.names.entries()) {
    if (isHopByHop(name) || named.includes(name)) continue;
    if (fromProvider && NOT_FROM_PROVIDERS.has(name)) continue;
    kept.push(raw[2 * index] ?? '', headers.valueAt(index));
  }
  kept.push('via', viaLine(viaName));
  return kept;
}
