/** The first segment of a gateway's path, and what follows it. */
export function splitProvider(path: string): { provider: string; rest: string } {
  const end = path.indexOf('/', 1);
  return end < 0 ? { provider: path.slice(1), rest: '' } : { provider: path.slice(1, end), rest: path.slice(end) };
}
