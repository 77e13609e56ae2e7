/**
 * The ids from one to another, both among them, in the order of the list; only the second where the first is not in
 * the list any more.
 */
export function rangeBetween(ids: string[], from: string | null, to: string): string[] {
  const [start, end] = [ids.indexOf(from ?? to), ids.indexOf(to)];
  if (start < 0) return [to];
  return ids.slice(Math.min(start, end), Math.max(start, end) + 1);
}
