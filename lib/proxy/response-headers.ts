import { HeaderLines } from './header-lines.ts';
import { connectionOptions, isHopByHop } from './hop-by-hop.ts';
import { viaLine } from './via.ts';

/**
 * The headers of the client's response: the upstream's in their order, case and repetition without those of the
 * upstream's connection, then our `Via` (RFC 9110 §7.6.3).
 *
 * @param raw names and values in turn.
 */
export function headersForClient(raw: readonly string[], viaName: string): string[] {
  const headers = new HeaderLines(raw);
  const named = connectionOptions(headers);
  const kept: string[] = [];
  for (const [index, name] of headers.names.entries()) {
    if (isHopByHop(name) || named.includes(name)) continue;
    // Only the gateway's own errors carry it: it is how clients tell them from the provider's.
    if (name === 'x-latchkey-error') continue;
    kept.push(raw[2 * index] ?? '', headers.valueAt(index));
  }
  kept.push('via', viaLine(viaName));
  return kept;
}
