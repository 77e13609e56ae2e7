import type { Head } from '../access/check-head.ts';
import { KeepAlive } from '../answer/keep-alive.ts';
import type { OpenedBody } from '../body/open-body.ts';
import { sendBody } from '../body/send-body.ts';
import type { Call } from '../call.ts';
import type { ProxyContext } from '../context.ts';
import { isOwnAnswer } from '../errors.ts';
import type { Candidate } from '../route/candidate.ts';
import { Attempt } from './attempt.ts';
import { findReturnAddress } from './find-return-address.ts';
import { idleLimitMs, longestSilenceMs } from './longest-silence.ts';
import { askForPlain, makeUpstreamRequest } from './upstream-request.ts';

/**
 * Sends a call to the first of its candidates. Nothing is tried again: once a byte was sent the provider may have
 * worked, and been paid.
 */
export function tryCandidates(
  call: Call,
  head: Head,
  [candidate]: readonly [Candidate, ...Candidate[]],
  body: OpenedBody,
  context: ProxyContext,
): void {
  const { settings, upstream } = context;
  const sent = sendBody(body, candidate.model, true, call.share);
  const made = makeUpstreamRequest(call.request, head, candidate, sent, settings);
  if (isOwnAnswer(made)) {
    call.refuse(made);
    return;
  }
  const request = call.answer.isObserved ? askForPlain(made) : made;
  const keepAliveMs = settings.STREAM_KEEPALIVE_SECONDS * 1_000;
  if (keepAliveMs > 0) call.answer.observe(new KeepAlive(keepAliveMs, (bytes) => call.answer.insert(bytes)));
  const { provider } = candidate;
  call.answer.allowSilence(longestSilenceMs(settings, provider), idleLimitMs(settings, provider));
  call.record.noteSending(head.body.present ? head.body.length : 0);
  call.answer.leadBack(findReturnAddress(call.request, head, candidate, context));
  new Attempt(call.answer, request, 'upstream_unreachable', settings).send(upstream);
}
