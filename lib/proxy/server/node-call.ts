import type { IncomingMessage } from 'node:http';
import type { Dispatcher } from 'undici';
import { openRequest } from '../body/open-body.ts';
import { planForConsole } from '../console/console-plan.ts';
import { answerHealth } from '../console/health.ts';
import type { ProxyContext } from '../context.ts';
import { isOwnAnswer, refuse } from '../errors.ts';
import { HeaderLines } from '../headers/header-lines.ts';
import type { ForwardPlan } from '../route/route.ts';
import { type ConsoleTarget, parseTarget } from '../route/target.ts';
import { admit } from '../serve-call.ts';
import { UpstreamExchange } from '../upstream/attempt.ts';
import { send } from '../upstream/upstream.ts';
import type { NodeSink } from './node-sink.ts';

/** Serves one request on Node's HTTP server: a gateway's goes to its provider, any other to the console. */
export async function serveCall(sink: NodeSink, context: ProxyContext): Promise<void> {
  const { rawHeaders, url = '', method = '' } = sink.request;
  const headers = new HeaderLines(rawHeaders);
  if (!hasOneEnd(sink.request, headers)) return sink.fail(refuse('invalid_request'));
  const target = parseTarget(url, headers, context.settings.GATEWAY_DOMAIN);
  if (isOwnAnswer(target)) return sink.answer(target);
  if (target.kind === 'console') return serveConsole(sink, context, target, headers);
  const record = context.calls.begin(method, target.slug, headers);
  sink.record = record;
  sink.response.once('close', () => context.calls.end(record, sink.response.writableFinished));
  const admitted = admit(method, target, headers, context.store, context.settings, record);
  // A promise that is there already would still cost a turn of the queue.
  const plan = admitted instanceof Promise ? await admitted : admitted;
  record.admittedAt = performance.now();
  context.recentUse.note(record, sink.request.socket.remoteAddress);
  return isOwnAnswer(plan) ? sink.answer(plan) : forward(sink, context, plan, context.upstream);
}

/**
 * Whether everyone on the way agrees where the request ends: HTTP/1.0 knows no transfer coding (RFC 9112 §6.1), and a
 * later major version is framed in another way, whatever Node's parser takes.
 */
function hasOneEnd({ httpVersionMajor, httpVersionMinor }: IncomingMessage, headers: HeaderLines): boolean {
  return httpVersionMajor === 1 && (httpVersionMinor > 0 || headers.first('transfer-encoding') === undefined);
}

async function serveConsole(sink: NodeSink, context: ProxyContext, target: ConsoleTarget, headers: HeaderLines) {
  const { method = '', socket } = sink.request;
  const health = answerHealth(method, target.address, context);
  if (health) return sink.answer(health);
  const plan = planForConsole({ method, target, headers, clientAddress: socket.remoteAddress }, context.settings);
  return isOwnAnswer(plan) ? sink.answer(plan) : forward(sink, context, plan, context.console);
}

async function forward(sink: NodeSink, context: ProxyContext, plan: ForwardPlan, dispatcher: Dispatcher) {
  const { record } = sink;
  // The client went while its token was looked up: what it asked for would be paid for and read by nobody.
  if (sink.response.destroyed) return;
  if (sink.awaitsContinue) sink.response.writeContinue();
  sink.awaitsContinue = false;
  const exchange = new UpstreamExchange(sink, plan, context.settings, record);
  const share = context.keptBytes.openShare();
  const forget = context.openCalls.add(exchange, plan.access?.subjectIds ?? []);
  sink.attach(exchange, () => {
    forget();
    share.close();
  });
  // A body that came with its head is parsed right after it: then nothing needs to be waited for.
  if (plan.body.present) await null;
  const opening = openRequest(plan, sink.request, context.settings, share);
  const opened = opening instanceof Promise ? await opening : opening;
  if (isOwnAnswer(opened)) return sink.answer(opened);
  record?.noteSending(plan.body);
  send(dispatcher, plan.method, opened, exchange);
}
