import { logger } from '#lib/logger.ts';
import { checkHead, type Head } from './access/check-head.ts';
import { answerPreflight, corsLines, findAllowedOrigin } from './access/cors.ts';
import type { Grant } from './access/judge-access.ts';
import { refuseWebPage } from './access/open-gateway.ts';
import { TokenCheck } from './access/token-check.ts';
import { redeemTicket } from './access/upload-ticket.ts';
import { ClientGoneError } from './body/client-gone.ts';
import { modelIn, openBody, refuseSize, valuesIn } from './body/open-body.ts';
import type { Call } from './call.ts';
import type { ProxyContext } from './context.ts';
import { isOwnAnswer, refuse, refuseUpgrade } from './errors.ts';
import { type FoundRoute, findObject, isFound, judgeReferences } from './objects/own-objects.ts';
import { watcherFor } from './objects/watch-answer.ts';
import { chooseCandidates } from './route/choose-candidates.ts';
import { readRoute } from './route/read-route.ts';
import { modelsOf, wantedOf } from './route/route.ts';
import { tryCandidates } from './upstream/try-candidates.ts';

/**
 * Serves one call of a gateway, for every transport. What it is answered is told to its sink; how it ends, to `Call`,
 * which gives back once what it held.
 */
export async function serveCall(call: Call, context: ProxyContext): Promise<void> {
  try {
    await takeSteps(call, context);
  } catch (error) {
    if (error instanceof ClientGoneError) return call.answer.closed(false);
    logger.error({ err: error }, 'request failed');
    call.refuse(refuse('internal_error'));
  }
}

/**
 * The order of all that is done for a call. Each step takes what the one before it has found, and answers instead of an
 * upstream where the call may not go on. Cheap checks come first, so that refusing costs less than serving.
 */
async function takeSteps(call: Call, context: ProxyContext): Promise<void> {
  const { record, request } = call;
  const { method, target, headers } = request;
  const { settings } = context;

  // A promise that is there already would still cost a turn of the queue, here and below.
  const asking = findAllowedOrigin(context.store, target.slug, headers);
  const allowedOrigin = asking instanceof Promise ? await asking : asking;
  // First, because a page can read no answer without them, not even why it was refused.
  call.answer.carry(corsLines(allowedOrigin));
  const preflight = answerPreflight(method, headers, allowedOrigin, record);
  if (preflight) return call.refuse(preflight);

  const checked = checkHead(method, headers, settings.viaName);
  if (isOwnAnswer(checked)) return call.refuse(checked);
  const head = redeemTicket(checked, target, context.ticketKey);

  const check = new TokenCheck(context, target.slug, head.credential, record);
  const finding = check.find();
  const access = finding instanceof Promise ? await finding : finding;
  if (isOwnAnswer(access)) return call.refuse(access);
  // The client went meanwhile. Its call has given back what it held, and would not do so again.
  if (call.isOver) return;
  // No `await` between the two: a revocation that is applied in between would not find the call, and cut nothing.
  call.grant(access, check);

  const foreign = refuseWebPage(access, headers, allowedOrigin, settings);
  if (foreign) return call.refuse(foreign);
  // Clients such as Codex go on over plain HTTP at this answer, and at no other.
  if (head.wantsWebSocket) return call.refuse(refuseUpgrade());
  const tooLarge = refuseSize(head.body, settings);
  if (tooLarge) return call.refuse(tooLarge);
  const read = readRoute(request, access.providers, record);
  if (isOwnAnswer(read)) return call.refuse(read);
  const route = isFound(read) ? read : await findObject(read, access, context.objects);
  if (isOwnAnswer(route)) return call.refuse(route);
  record.admittedAt = performance.now();
  await forward(call, head, access, route, context);
}

/** What follows once it is known that a call may go where its address leads: its body is read, judged and sent. */
async function forward(call: Call, head: Head, access: Grant, route: FoundRoute, context: ProxyContext): Promise<void> {
  const { request, record } = call;
  // The client went while its object was looked up: what it asked for would be paid for and read by nobody.
  if (call.isOver) return;
  const source = request.takeBody();
  // A body that came with its head is parsed right after it: then nothing needs to be waited for.
  if (head.body.present) await null;
  const opening = openBody(head.body, modelsOf(route), wantedOf(route), source, context.settings, call.share);
  const body = opening instanceof Promise ? await opening : opening;
  if (isOwnAnswer(body)) return call.refuse(body);

  const candidates = chooseCandidates(route, modelIn(body), record);
  if (isOwnAnswer(candidates)) return call.refuse(candidates);

  const [candidate] = candidates;
  const values = valuesIn(body);
  const judging = judgeReferences(candidate, values, access, context.objects);
  const misuse = judging instanceof Promise ? await judging : judging;
  if (misuse) return call.refuse(misuse);
  const watcher = watcherFor(candidate, values, access, context.objects, call.share);
  if (watcher) call.answer.observe(watcher);

  if (call.isOver) return;
  const sending = tryCandidates(call, head, candidates, body, context);
  if (sending instanceof Promise) await sending;
}
