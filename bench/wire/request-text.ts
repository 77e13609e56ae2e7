/** A call as one contestant is to be sent it. */
export type Call = { origin: string; path: string; headers: Record<string, string>; body: string };

/**
 * What official OpenAI clients send with each call, but for `accept-encoding`: contestants that compress would answer
 * with other bytes than the rest.
 */
export const CLIENT_HEADERS: Readonly<Record<string, string>> = {
  accept: 'application/json',
  'content-type': 'application/json',
  'user-agent': 'OpenAI/JS 7.57.0',
  'x-stainless-arch': 'x64',
  'x-stainless-lang': 'js',
  'x-stainless-os': 'Linux',
  'x-stainless-package-version': '7.57.0',
  'x-stainless-retry-count': '0',
  'x-stainless-runtime': 'node',
  'x-stainless-runtime-version': 'v26.10.0',
  'x-stainless-timeout': '600',
};

/** The call as it stands on the wire: a POST of HTTP/1.1 on a connection that is kept. */
export function writeRequest({ origin, path, headers, body }: Call): string {
  const lines = [`POST ${path} HTTP/1.1`, `host: ${new URL(origin).host}`];
  for (const [name, value] of Object.entries({ ...CLIENT_HEADERS, ...headers })) lines.push(`${name}: ${value}`);
  lines.push(`content-length: ${body.length}`);
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
