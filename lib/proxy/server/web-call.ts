import { Readable } from 'node:stream';
import { openRequest } from '../body/open-body.ts';
import type { ProxyContext } from '../context.ts';
import { isOwnAnswer, refuse } from '../errors.ts';
import { HeaderLines } from '../headers/header-lines.ts';
import { parseTarget } from '../route/target.ts';
import { admit } from '../serve-call.ts';
import { UpstreamExchange } from '../upstream/attempt.ts';
import { send } from '../upstream/upstream.ts';
import { toResponse, WebSink } from './web-sink.ts';

const FIRST_LEASE_WITHIN_MS = 1_000;

/**
 * Serves one request of a gateway over fetch's `Request` and `Response`, by the decisions of the proxy. What the
 * server around it has changed before cannot be undone here: see `docs/decisions/next-route.md`.
 */
export async function serveWebRequest(request: Request, context: ProxyContext): Promise<Response> {
  const { settings, store, openCalls, calls, upstream } = context;
  const headers = readHeaders(request);
  const { pathname, search } = new URL(request.url);
  const target = parseTarget(pathname + search, headers, settings.GATEWAY_DOMAIN);
  if (isOwnAnswer(target)) return toResponse(target);
  if (target.kind === 'console') return toResponse(refuse('not_found'));
  // The first call of this process: see `Membership.untilHeld`.
  await context.membership.untilHeld(FIRST_LEASE_WITHIN_MS);
  const record = calls.begin(request.method, target.slug, headers);
  const plan = await admit(request.method, target, headers, store, settings, record);
  record.admittedAt = performance.now();
  context.recentUse.note(record, clientAddressOf(request));
  if (isOwnAnswer(plan)) {
    const response = toResponse(plan, record);
    calls.end(record, true);
    return response;
  }

  const sink = new WebSink(request.method, record);
  const exchange = new UpstreamExchange(sink, plan, settings, record);
  const share = context.keptBytes.openShare();
  const forget = openCalls.add(exchange, plan.access?.subjectIds ?? []);
  sink.attach(exchange, request.signal, (whole) => {
    forget();
    share.close();
    calls.end(record, whole);
  });
  const source = request.body ? Readable.from(request.body, { objectMode: false }) : Readable.from([]);
  try {
    const opened = await openRequest(plan, source, settings, share);
    if (isOwnAnswer(opened)) sink.answer(opened);
    else {
      record.noteSending(plan.body);
      send(upstream, plan.method, opened, exchange);
    }
  } catch (error) {
    sink.answer(refuse('internal_error'));
    throw error;
  }
  return sink.response;
}

/** As the host says that Next runs on; of several, the last one is the nearest. */
function clientAddressOf(request: Request): string | undefined {
  return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
}

/** Next drops `Content-Encoding` from answers, so the upstream is asked for none (RFC 9110 §12.5.3). */
function readHeaders(request: Request): HeaderLines {
  const headers = new Headers(request.headers);
  headers.set('accept-encoding', 'identity');
  return new HeaderLines([...headers].flat());
}
