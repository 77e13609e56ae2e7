import type { HeaderLines } from './header-lines.ts';

/** Headers that concern one connection only (RFC 9110 §7.6.1, RFC 9112 §9.3, RFC 9113 §8.2.2). */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'te',
  // Trailers are not passed on (RFC 9110 §6.5.1 allows that), so neither is the header that announces them.
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Whether `name` (lower case) is a header of one connection, whoever sent it. */
export function isHopByHop(name: string): boolean {
  // `Proxy-*` is between a client and the proxy that it configured, which this is not (RFC 9110 §11.7).
  return HOP_BY_HOP.has(name) || name.startsWith('proxy-');
}

/**
 * Whether a client wants to go on in WebSocket (RFC 6455 §4.1). Other protocols that it offers, such as the `h2c` of
 * Java's HTTP client, may be ignored (RFC 9110 §7.8).
 */
export function wantsWebSocket(headers: HeaderLines): boolean {
  if (!headers.names.includes('upgrade')) return false;
  return headers.all('upgrade').some((value) => /(?:^|,)\s*websocket\s*(?:$|[,/])/i.test(value));
}

/** The names that `Connection` lists: its sender says that they end here (RFC 9110 §7.6.1). Lower case. */
export function connectionOptions(headers: HeaderLines): ReadonlySet<string> {
  const value = headers.first('connection');
  if (value === undefined || (KEEPS_OR_CLOSES.test(value) && !headers.repeats('connection'))) return NONE;
  const values = headers.all('connection').flatMap((list) => list.split(','));
  return new Set(values.map((option) => option.trim().toLowerCase()));
}

/** What nearly all send: it names no header that would go on otherwise. */
const KEEPS_OR_CLOSES = /^(?:keep-alive|close)$/i;
const NONE: ReadonlySet<string> = new Set();
