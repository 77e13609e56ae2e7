import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDecodable } from '#lib/proxy/route/target.ts';

/**
 * Answers what Next cannot even read, for which it would say 500 before `proxy.ts` is asked: a path that percent-encodes
 * no text, and a method that the Request of the web does not have. Returns whether it was that.
 */
export function refuseUnread(request: IncomingMessage, response: ServerResponse): boolean {
  const { method, url = '', headers } = request;
  if (headers['x-action-forwarded'] !== undefined) return refuseForwarded(request, response);
  const [path = ''] = url.split('?', 1);
  if (method === 'TRACE') response.writeHead(405, { allow: 'GET, HEAD, POST' }).end();
  else if (!isDecodable(path)) response.writeHead(400).end('Bad request: the address is malformed.\n');
  else return false;
  return true;
}

/**
 * Next asks itself for an action of another page than the one addressed, under a name at which nobody asked. No page here
 * does that, and the answer is Next's own for an action that is not there. The body is read, or its own end of the
 * connection would break: an uncaught error.
 */
function refuseForwarded(request: IncomingMessage, response: ServerResponse): boolean {
  request.resume();
  response.writeHead(409, { 'x-nextjs-action-not-found': '1' }).end();
  return true;
}
