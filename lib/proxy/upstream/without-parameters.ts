/**
 * A query without the parameters of these names, however the names are encoded. All other bytes stay as they came:
 * providers read queries in their own ways.
 *
 * @param query with its `?`; empty when there is none.
 */
export function withoutParameters(query: string, names: readonly string[]): string {
  if (query === '' || names.length === 0) return query;
  const parts = query.slice(1).split('&');
  const kept = parts.filter((part) => !names.includes(nameOf(part)));
  if (kept.length === parts.length) return query;
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

/** Decoded without complaint, as servers do. */
function nameOf(part: string): string {
  const [name = ''] = new URLSearchParams(part).keys();
  return name;
}
