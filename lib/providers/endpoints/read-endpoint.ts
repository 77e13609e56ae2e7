/**
 * What servers read in different ways within a segment once it is decoded: separators that a second decoding or another
 * parser would see, parameters, controls, and what file systems leave out at an end.
 */
const UNCLEAR = /[\p{Cc}/\\?#%;]|^\s|[\s.]$/u;

/**
 * The decoded segments of an endpoint's path, without empty ones, which many servers leave out.
 *
 * @param endpoint begins with `/` unless empty; without query.
 * @param hasActions whether `x:action` at the end is two segments, `x` and `:action`.
 * @returns null for a path that cannot be read in one way.
 */
export function readEndpoint(endpoint: string, hasActions: boolean): string[] | null {
  const segments: string[] = [];
  for (const raw of endpoint.split('/')) {
    if (raw === '') continue;
    const segment = decode(raw);
    if (segment === null || UNCLEAR.test(segment)) return null;
    segments.push(segment);
  }
  const last = segments.at(-1);
  const at = hasActions && last !== undefined ? last.lastIndexOf(':') : -1;
  if (last !== undefined && at > 0) segments.splice(-1, 1, last.slice(0, at), last.slice(at));
  return segments;
}

function decode(text: string): string | null {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
