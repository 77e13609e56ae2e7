import { Agent, type buildConnector } from 'undici';
import { guardedConnector } from '#lib/address-guard.ts';
import type { ProxySettings } from '../settings.ts';
import { skippingContinue } from './skip-continue.ts';

/**
 * Shorter than the 5 s after which common servers close idle connections: a connection that both sides touch in the
 * same moment costs a 502, as nothing is sent twice. A server's own `Keep-Alive` hint counts, less a second.
 */
const KEEP_ALIVE_TIMEOUT_MS = 4_000;
const KEEP_ALIVE_THRESHOLD_MS = 1_000;
const KEEP_ALIVE_MAX_TIMEOUT_MS = 60_000;

const MAX_RESPONSE_HEADER_BYTES = 64 * 1024;

/** The connections to all upstreams. */
export function openUpstream(settings: ProxySettings, allowlist: readonly string[]): Agent {
  return new Agent({
    connect: noticingResets(skippingContinue(guardedConnector(allowlist, settings.UPSTREAM_CONNECT_TIMEOUT_MS))),
    // One protocol to every upstream: header bytes and order pass as they are.
    allowH2: false,
    pipelining: 1,
    headersTimeout: settings.UPSTREAM_FIRST_BYTE_TIMEOUT_MS,
    bodyTimeout: settings.UPSTREAM_IDLE_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    keepAliveTimeoutThreshold: KEEP_ALIVE_THRESHOLD_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MAX_TIMEOUT_MS,
    maxHeaderSize: MAX_RESPONSE_HEADER_BYTES,
  });
}

/**
 * Of a body that only the end of its connection ends, undici takes a reset for that end, because macOS can report one
 * with bytes still unread. It is the upstream's dying in the middle all the same, and a client is to see it as such.
 */
function noticingResets(connect: buildConnector.connector): buildConnector.connector {
  return (target, callback) =>
    connect(target, (...result) => {
      // Undici, which goes by the code, listens from the callback on.
      result[1]?.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNRESET') error.code = 'UPSTREAM_RESET';
      });
      callback(...result);
    });
}
