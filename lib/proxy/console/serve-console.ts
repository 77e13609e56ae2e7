import { ClientAnswer } from '../answer/client-answer.ts';
import type { ResponseSink } from '../answer/response-sink.ts';
import { limitedBody } from '../body/body-limit.ts';
import type { ProxyContext } from '../context.ts';
import { isOwnAnswer } from '../errors.ts';
import { Attempt } from '../upstream/attempt.ts';
import { type ConsoleRequest, planForConsole } from './console-plan.ts';
import { answerHealth } from './health.ts';

/** Passes a request that is for no gateway on to the console, which judges by itself who may do what. */
export function serveConsole(request: ConsoleRequest, sink: ResponseSink, context: ProxyContext): void {
  const { settings } = context;
  const health = answerHealth(request.method, request.target.address, context);
  const plan = health ?? planForConsole(request, settings);
  if (isOwnAnswer(plan)) {
    sink.answer(plan);
    return;
  }
  const answer = new ClientAnswer(sink, settings.viaName, null, () => {});
  const source = request.takeBody();
  const body = plan.hasBody ? limitedBody(source, [], settings.MAX_BODY_BYTES) : null;
  new Attempt(answer, { ...plan.request, body }, 'console_unavailable', settings).send(context.console);
}
