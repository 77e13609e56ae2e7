import { Readable } from 'node:stream';
import { Call } from '../call.ts';
import type { ProxyContext } from '../context.ts';
import { isOwnAnswer, refuse } from '../errors.ts';
import { HeaderLines } from '../headers/header-lines.ts';
import { parseTarget } from '../route/target.ts';
import { serveCall } from '../serve-call.ts';
import { toResponse, WebSink } from './web-sink.ts';

/** Mostly it takes a few milliseconds; on a machine that has just begun a dozen things, a second. */
const FIRST_LEASE_WITHIN_MS = 3_000;

/**
 * Serves one request of a gateway over fetch's `Request` and `Response`, by the decisions of the proxy. What the
 * server around it has changed before cannot be undone here: see `docs/decisions/next-route.md`.
 */
export async function serveWebRequest(request: Request, context: ProxyContext): Promise<Response> {
  const headers = readHeaders(request);
  const { pathname, search } = new URL(request.url);
  const target = parseTarget(pathname + search, headers, context.settings.GATEWAY_DOMAIN);
  if (isOwnAnswer(target)) return toResponse(target);
  if (target.kind === 'console') return toResponse(refuse('not_found'));
  // The first call of this process: see `Membership.untilHeld`.
  await context.membership.untilHeld(FIRST_LEASE_WITHIN_MS);
  const { method, signal, body } = request;
  const takeBody = () => (body ? Readable.from(body, { objectMode: false }) : Readable.from([]));
  const sink = new WebSink(method, signal);
  const call = new Call({ method, target, headers, clientAddress: clientAddressOf(request), takeBody }, sink, context);
  await serveCall(call, context);
  if (call.isOver) sink.leave();
  return sink.response;
}

/** As `bin/console.ts` has it, or else the host that Next runs on; of several, the last one is the nearest. */
function clientAddressOf(request: Request): string | undefined {
  return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || undefined;
}

/** Next drops `Content-Encoding` from answers, so the upstream is asked for none (RFC 9110 §12.5.3). */
function readHeaders(request: Request): HeaderLines {
  const headers = new Headers(request.headers);
  headers.set('accept-encoding', 'identity');
  return new HeaderLines([...headers].flat());
}
