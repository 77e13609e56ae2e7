import type { Dispatcher } from 'undici';
import { admit } from './admit.ts';
import { planForConsole } from './console-plan.ts';
import type { ProxyContext } from './context.ts';
import type { ForwardPlan } from './decide.ts';
import { isRefusal } from './errors.ts';
import { UpstreamExchange } from './exchange.ts';
import { HeaderLines } from './header-lines.ts';
import type { NodeSink } from './node-sink.ts';
import { openBody } from './request-body.ts';
import { type ConsoleTarget, parseTarget } from './target.ts';
import { send } from './upstream.ts';

/** Serves one request on Node's HTTP server: a gateway's goes to its provider, any other to the console. */
export async function serveCall(sink: NodeSink, context: ProxyContext): Promise<void> {
  const { rawHeaders, url = '', method = '' } = sink.request;
  const headers = new HeaderLines(rawHeaders);
  const target = parseTarget(url, headers, context.settings.GATEWAY_DOMAIN);
  if (isRefusal(target)) return sink.refuse(target);
  if (target.kind === 'console') return serveConsole(sink, context, target, headers);
  const plan = await admit(method, target, headers, context.store, context.settings);
  return isRefusal(plan) ? sink.refuse(plan) : forward(sink, context, plan, context.upstream);
}

async function serveConsole(sink: NodeSink, context: ProxyContext, target: ConsoleTarget, headers: HeaderLines) {
  const { method = '', socket } = sink.request;
  if (target.address === '/healthz' && (method === 'GET' || method === 'HEAD')) {
    sink.response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).end('ok');
    return;
  }
  const plan = planForConsole({ method, target, headers, clientAddress: socket.remoteAddress }, context.settings);
  return isRefusal(plan) ? sink.refuse(plan) : forward(sink, context, plan, context.console);
}

async function forward(sink: NodeSink, context: ProxyContext, plan: ForwardPlan, dispatcher: Dispatcher) {
  if (sink.awaitsContinue) sink.response.writeContinue();
  sink.awaitsContinue = false;
  const exchange = new UpstreamExchange(sink, context.settings.viaName, plan.origin);
  sink.attach(exchange);
  const body = await openBody(plan, sink.request, context.settings).catch((error: Error) => {
    // A client that went needs no answer; whatever else it was is a fault of ours.
    if (sink.response.destroyed) return null;
    throw error;
  });
  if (sink.response.closed) return;
  if (isRefusal(body)) return sink.refuse(body);
  send(dispatcher, plan, body, exchange);
}
