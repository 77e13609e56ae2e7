import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDecodable } from '#lib/proxy/route/target.ts';

/**
 * Answers what Next cannot even read, for which it would say 500 before `proxy.ts` is asked: a path that percent-encodes
 * no text, and a method that the Request of the web does not have. Returns whether it was that.
 */
export function refuseUnread({ method, url = '' }: IncomingMessage, response: ServerResponse): boolean {
  const [path = ''] = url.split('?', 1);
  if (method === 'TRACE') response.writeHead(405, { allow: 'GET, HEAD, POST' }).end();
  else if (!isDecodable(path)) response.writeHead(400).end('Bad request: the address is malformed.\n');
  else return false;
  return true;
}
