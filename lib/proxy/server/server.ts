import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { logger } from '#lib/logger.ts';
import type { ProxyContext } from '../context.ts';
import { type OwnAnswer, refuse } from '../errors.ts';
import { longestSilenceMs } from '../upstream/longest-silence.ts';
import { answerOnSocket, refusalForConnection } from './connection-fault.ts';
import { serveNodeRequest } from './node-call.ts';
import { NodeSink, STALL_MARGIN_MS } from './node-sink.ts';

const MAX_HEADER_BYTES = 16 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
const HEADERS_CHECK_INTERVAL_MS = 1_000;
/** Longer than the 60 s after which load balancers close idle connections, so that they are the ones to close. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;

/**
 * Requests of one connection that may wait for the answer to an earlier one. Whole reads of small ones would take
 * megabytes for each connection, from clients that need no token.
 */
const MOST_PIPELINED = 16;

/** The data plane's HTTP server, not listening yet. */
export function createProxyServer(context: ProxyContext): Server {
  const server = createServer({
    insecureHTTPParser: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: HEADERS_TIMEOUT_MS,
    connectionsCheckingInterval: HEADERS_CHECK_INTERVAL_MS,
    // No limit on a whole request: uploads may be long. One that stalls runs into `server.timeout`.
    requestTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // Checked by `parseTarget`, which answers with an error of ours.
    requireHostHeader: false,
    noDelay: true,
  });
  // Lines beyond a limit would be dropped unseen; their size is limited anyway.
  server.maxHeadersCount = 0;
  server.timeout = longestSilenceMs(context.settings, null) + STALL_MARGIN_MS;
  serveRequests(server, context);
  return server;
}

function serveRequests(server: Server, context: ProxyContext): void {
  /** The newest request of each connection; with pipelining, earlier ones may still be in progress. */
  const newest = new WeakMap<Duplex, NodeSink>();
  const isOneTooMany = countPipelined();
  const serve = (sink: NodeSink) => {
    const { socket } = sink.request;
    // What was read together with the one that was too many is parsed before the connection is gone.
    if (socket.destroyed) return;
    // RFC 9112 §9.3.2: clients that pipeline send again what got no answer.
    if (isOneTooMany(sink)) {
      socket.destroy();
      return;
    }
    newest.set(socket, sink);
    // A server that closes serves what is open, and asks clients to come back on another connection.
    if (!server.listening) sink.response.shouldKeepAlive = false;
    serveNodeRequest(sink, context).catch((error: unknown) => {
      logger.error({ err: error }, 'request failed');
      sink.answer(refuse('internal_error'));
    });
  };
  server.on('request', (request, response) => serve(new NodeSink(request, response, false)));
  server.on('checkContinue', (request, response) => serve(new NodeSink(request, response, true)));
  // RFC 9110 §10.1.1: an expectation that is not known may be ignored.
  server.on('checkExpectation', (request, response) => serve(new NodeSink(request, response, false)));
  server.on('connect', (_request, socket) => {
    // Node has taken its own listener off: without one, a client's reset would end the process.
    socket.on('error', () => {});
    answerOnSocket(socket, refuse('method_not_allowed'));
  });
  server.on('clientError', (error, socket) => failConnection(socket, newest.get(socket), refusalForConnection(error)));
  server.on('timeout', (socket) => {
    // Whoever takes nothing of an answer will take no other, nor an end in good order, and holds an upstream call.
    if (socket.writableLength > 0) socket.resetAndDestroy();
    else failConnection(socket, newest.get(socket), refuse('request_timeout'));
  });
}

/** Counts the requests that wait, by connection, and tells whether one more is too many. */
function countPipelined(): (sink: NodeSink) => boolean {
  const counts = new WeakMap<Duplex, number>();
  const add = (socket: Duplex, change: number) => {
    const count = (counts.get(socket) ?? 0) + change;
    counts.set(socket, count);
    return count;
  };
  return ({ request: { socket }, response }) => {
    // Only the first in line has the socket to write to.
    if (response.socket !== null) return false;
    response.once('close', () => add(socket, -1));
    return add(socket, 1) > MOST_PIPELINED;
  };
}

/** Ends a connection on which nothing more can be understood, or on which nothing moves. */
function failConnection(socket: Duplex, newest: NodeSink | undefined, refusal: OwnAnswer | null): void {
  if (!refusal) socket.destroy();
  else if (!newest || newest.response.writableFinished) answerOnSocket(socket, refusal);
  // The fault is in the body of that request.
  else if (!newest.request.complete) newest.fail(refusal);
  // It is in what follows: answers go out in order (RFC 9112 §9.3.2).
  else newest.response.once('finish', () => answerOnSocket(socket, refusal));
}
