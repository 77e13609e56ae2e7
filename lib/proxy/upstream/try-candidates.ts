import type { Head } from '../access/check-head.ts';
import { KeepAlive } from '../answer/keep-alive.ts';
import type { OpenedBody } from '../body/open-body.ts';
import { sendBody } from '../body/send-body.ts';
import type { Call } from '../call.ts';
import type { ProxyContext } from '../context.ts';
import { isOwnAnswer, refuse } from '../errors.ts';
import type { Eventually } from '../eventually.ts';
import type { Candidate } from '../route/candidate.ts';
import { Attempt } from './attempt.ts';
import { findReturnAddress } from './find-return-address.ts';
import { idleLimitMs, longestSilenceMs } from './longest-silence.ts';
import { askForPlain, makeUpstreamRequest } from './upstream-request.ts';

/** Each could be held back where connections take long and there is no lease. */
const MOST_SENDINGS = 3;

/**
 * Sends a call to the first of its candidates. Nothing is tried again: once a byte was sent the provider may have
 * worked, and been paid.
 *
 * Whatever the call has waited for, it is sent in a turn in which its token is certainly good, and in no other: its
 * worker may have slept over a deletion, by SIGSTOP, with its machine, or in a long garbage collection.
 */
export function tryCandidates(
  call: Call,
  head: Head,
  [candidate]: readonly [Candidate, ...Candidate[]],
  body: OpenedBody,
  context: ProxyContext,
): Eventually<void> {
  // Before what is added here: that looks at nothing.
  const asksForPlain = call.answer.isObserved;
  prepareAnswer(call, head, candidate, context);
  const send = () => sendOnce(call, head, candidate, body, context, asksForPlain);
  // Mostly nothing needs to be waited for.
  const sending = call.isGood && send();
  // What streams through is gone with the attempt that was to take it.
  const mostSendings = body.kind === 'passing' ? 1 : MOST_SENDINGS;
  return sending === true ? undefined : sendWhenGood(call, send, sending, mostSendings);
}

/** @param sending the first one, or false where it was not yet tried. */
async function sendWhenGood(
  call: Call,
  send: () => Eventually<boolean>,
  sending: Eventually<boolean>,
  mostSendings: number,
): Promise<void> {
  let sendings = sending === false ? 0 : 1;
  for (let wasSent = await sending; !wasSent; wasSent = await send()) {
    if (call.isOver) return;
    const refusal = sendings++ < mostSendings ? await call.refuseUnlessGood() : refuse('authentication_unavailable');
    if (refusal) return call.refuse(refusal);
    if (call.isOver) return;
  }
}

/** @returns false: nothing was sent, and the client was told nothing. */
function sendOnce(
  call: Call,
  head: Head,
  candidate: Candidate,
  body: OpenedBody,
  { settings, upstream }: ProxyContext,
  asksForPlain: boolean,
): Eventually<boolean> {
  const sent = sendBody(body, candidate.model, true, call.share, call);
  const made = makeUpstreamRequest(call.request, head, candidate, sent, settings);
  if (isOwnAnswer(made)) {
    call.refuse(made);
    return true;
  }
  const request = asksForPlain ? askForPlain(made) : made;
  call.record.noteSending(head.body.present ? head.body.length : 0);
  return new Attempt(call.answer, request, 'upstream_unreachable', settings, call).send(upstream);
}

/** What is set once, however often the call is sent. */
function prepareAnswer(call: Call, head: Head, candidate: Candidate, context: ProxyContext): void {
  const { settings } = context;
  const keepAliveMs = settings.STREAM_KEEPALIVE_SECONDS * 1_000;
  if (keepAliveMs > 0) call.answer.observe(new KeepAlive(keepAliveMs, (bytes) => call.answer.insert(bytes)));
  const { provider } = candidate;
  call.answer.allowSilence(longestSilenceMs(settings, provider), idleLimitMs(settings, provider));
  call.answer.leadBack(findReturnAddress(call.request, head, candidate, context));
}
