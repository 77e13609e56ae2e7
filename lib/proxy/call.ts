import type { Readable } from 'node:stream';
import type { Grant } from './access/judge-access.ts';
import type { TokenCheck } from './access/token-check.ts';
import { ClientAnswer } from './answer/client-answer.ts';
import type { ResponseSink } from './answer/response-sink.ts';
import type { Share } from './body/kept-bytes.ts';
import type { ProxyContext } from './context.ts';
import { type OwnAnswer, refuseToken } from './errors.ts';
import type { Eventually } from './eventually.ts';
import type { HeaderLines } from './headers/header-lines.ts';
import type { CallRecord } from './observe/call-record.ts';
import type { Cuttable } from './revocation/open-calls.ts';
import type { GatewayTarget } from './route/target.ts';

/** What a client asks a gateway for, whatever server took it. */
export type CallRequest = {
  readonly method: string;
  readonly target: GatewayTarget;
  readonly headers: HeaderLines;
  /** Of the client; undefined where it is not known. */
  readonly clientAddress: string | undefined;
  /** Its body, not read yet; a client that waits for `100 Continue` is told to send it. To be called once. */
  takeBody(): Readable;
};

/** One call of a gateway from its head to its end: what it holds meanwhile is given back once, however it ends. */
export class Call implements Cuttable {
  readonly request: CallRequest;
  readonly answer: ClientAnswer;
  /** For the log and the metrics; it is only written. */
  readonly record: CallRecord;
  /** What is kept of its body. */
  readonly share: Share;
  readonly #context: ProxyContext;
  #check: TokenCheck | null = null;
  #forget: (() => void) | null = null;

  constructor(request: CallRequest, sink: ResponseSink, context: ProxyContext) {
    this.request = request;
    this.#context = context;
    this.share = context.keptBytes.openShare();
    const { method, target, headers, clientAddress } = request;
    this.record = context.calls.begin(method, target.slug, headers, clientAddress);
    this.answer = new ClientAnswer(sink, context.settings.viaName, this.record, (whole) => this.#finish(whole));
  }

  /** Whether there is nobody left to serve, or nothing left to do. */
  get isOver(): boolean {
    return this.answer.abandoned;
  }

  /**
   * It may go on. To be called in the very turn in which its token was found good: a revocation that is applied
   * later finds it here and cuts it.
   */
  grant({ gatewayId, token }: Grant, check: TokenCheck): void {
    this.#check = check;
    this.share.belongTo(gatewayId, token?.id ?? null);
    const subjectIds = token === null ? [gatewayId] : [token.secretId, token.id, gatewayId];
    this.#forget = this.#context.openCalls.add(this, subjectIds);
    this.#context.recentUse.note(gatewayId, token?.id ?? null, this.request.clientAddress);
  }

  /** Whether it may be sent in this very turn. Where not, the store is to be asked again: `refuseUnlessGood`. */
  get isGood(): boolean {
    return this.#check?.holds() ?? false;
  }

  /** Null: it may go on, in the turn in which that is known. Where it has waited, its token may have been deleted. */
  refuseUnlessGood(): Eventually<OwnAnswer | null> {
    return this.#check === null || this.#check.holds() ? null : this.#check.refuseNow();
  }

  /** Answers instead of an upstream. */
  refuse(own: OwnAnswer): void {
    this.answer.refuse(own);
  }

  /** Its token or gateway was revoked: an answer that was begun is broken off, another becomes a refusal. */
  cut(): void {
    this.record.end = 'revoked';
    this.answer.stop(refuseToken(this.request.target.slug, 'invalid_authentication_token'));
  }

  /** Goes on only if its token is good now: that it was revoked may not have been heard of. */
  async verify(): Promise<void> {
    const refusal = await this.#check?.refuseNow();
    if (!refusal || this.isOver) return;
    this.record.end = 'revoked';
    this.answer.stop(refusal);
  }

  /** Once is enough, and more does no harm. */
  #finish(whole: boolean): void {
    this.#forget?.();
    this.share.close();
    this.#context.calls.end(this.record, whole);
  }
}
