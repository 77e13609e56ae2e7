import type { IncomingMessage } from 'node:http';
import { findClientAddress } from '../access/client-address.ts';
import { Call } from '../call.ts';
import { serveConsole } from '../console/serve-console.ts';
import type { ProxyContext } from '../context.ts';
import { isOwnAnswer, refuse } from '../errors.ts';
import { HeaderLines } from '../headers/header-lines.ts';
import { parseTarget } from '../route/target.ts';
import { serveCall } from '../serve-call.ts';
import type { NodeSink } from './node-sink.ts';

/** Serves one request on Node's HTTP server: a gateway's goes to its provider, any other to the console. */
export async function serveNodeRequest(sink: NodeSink, context: ProxyContext): Promise<void> {
  const { rawHeaders, url = '', method = '', socket } = sink.request;
  const headers = new HeaderLines(rawHeaders);
  if (!hasOneEnd(sink.request, headers)) return sink.fail(refuse('invalid_request'));
  const target = parseTarget(url, headers, context.settings.GATEWAY_DOMAIN);
  if (isOwnAnswer(target)) return sink.answer(target);
  const clientAddress = findClientAddress(socket.remoteAddress, headers, context.trustedProxies);
  const takeBody = () => sink.takeBody();
  if (target.kind === 'console')
    return serveConsole({ method, target, headers, clientAddress, takeBody }, sink, context);
  const call = new Call({ method, target, headers, clientAddress, takeBody }, sink, context);
  return serveCall(call, context);
}

/**
 * Whether everyone on the way agrees where the request ends: HTTP/1.0 knows no transfer coding (RFC 9112 §6.1), and a
 * later major version is framed in another way, whatever Node's parser takes.
 */
function hasOneEnd({ httpVersionMajor, httpVersionMinor }: IncomingMessage, headers: HeaderLines): boolean {
  return httpVersionMajor === 1 && (httpVersionMinor > 0 || headers.first('transfer-encoding') === undefined);
}
