import type { IncomingMessage } from 'node:http';

/** As long as nginx waits (`lingering_timeout`). */
const LINGER_MS = 5_000;

/**
 * Reads and drops what is left of a request that was answered before it had arrived. Closing at once would make the
 * kernel reset the connection, and the client, still sending, would lose the answer (RFC 9112 §9.6).
 */
export function discardRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  const timer = setTimeout(() => request.destroy(), LINGER_MS);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
  request.unpipe();
  request.resume();
}
