import { type Dispatcher, errors } from 'undici';
import { logger } from '#lib/logger.ts';
import { headersForClient, isDecoded } from '../answer/response-headers.ts';
import { type OwnAnswer, refuseToken } from '../errors.ts';
import type { CallRecord } from '../observe/call-record.ts';
import type { ForwardPlan } from '../route/route.ts';
import type { ProxySettings } from '../settings.ts';
import { codeOf, refusalFor } from './failure.ts';

/** The client's side of an exchange. */
export type ResponseSink = {
  /** A 1xx other than 100. */
  inform(status: number, headers: string[]): void;
  start(status: number, statusText: string, headers: string[]): void;
  /** False: write no more until the sink has called `UpstreamExchange.resume`. */
  write(chunk: Buffer): boolean;
  end(): void;
  /** Answers instead of the upstream; only before `start`. */
  answer(own: OwnAnswer): void;
  /** Ends an answer that was begun so that the client sees that it is not whole. */
  break(): void;
};

const PRINTABLE = /^[\x20-\x7e]*$/;

/** A client that does not read would let more of them fill our memory. */
const MOST_INFORMED = 100;
/** One a second for as long as most wait; an upstream that sends more would keep this process from everybody else's. */
const MOST_TAKEN = 1_000;

type Controller = Dispatcher.DispatchController;

type ExchangeSettings = Pick<ProxySettings, 'viaName' | 'UPSTREAM_FIRST_BYTE_TIMEOUT_MS'>;

/**
 * One upstream call, as undici reports it, passed to a client as it comes: no buffering, no retry, no redirect, no
 * decompression.
 */
export class UpstreamExchange implements Dispatcher.DispatchHandler {
  /** Where the call went, for the log; empty before it goes. */
  upstream = '';
  readonly #sink: ResponseSink;
  readonly #settings: ExchangeSettings;
  readonly #plan: ForwardPlan;
  readonly #record: CallRecord | null;
  #controller: Controller | null = null;
  #started = false;
  #abandoned = false;
  #sentAt = 0;
  /** Since the first informational response; that one ends the HTTP client's own wait for an answer. */
  #firstByteTimer: NodeJS.Timeout | undefined;
  #informed = 0;

  /** @param record null for the console's. */
  constructor(sink: ResponseSink, plan: ForwardPlan, settings: ExchangeSettings, record: CallRecord | null) {
    this.#sink = sink;
    this.#settings = settings;
    this.#record = record;
    this.#plan = plan;
  }

  /** The client went: the upstream call is of use to nobody and is cut, now or as soon as it begins. */
  abandon(): void {
    this.#abandoned = true;
    this.#controller?.abort(new Error('the client went'));
  }

  /** Its token or gateway was revoked: an answer that was begun is broken off, another becomes a refusal. */
  cut(): void {
    this.abandon();
    if (this.#record) this.#record.end = 'revoked';
    if (this.#started) this.#sink.break();
    else this.#sink.answer(refuseToken(this.#plan.access?.slug ?? '', 'invalid_authentication_token'));
  }

  /** The client took what it was sent. */
  resume(): void {
    this.#controller?.resume();
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    this.#sentAt = performance.now();
    if (this.#abandoned) this.abandon();
  }

  onResponseStart(controller: Controller, status: number, _headers: unknown, statusText = ''): void {
    if (status < 200) {
      this.#inform(controller, status);
      return;
    }
    const lines = textOf(controller.rawHeaders);
    clearTimeout(this.#firstByteTimer);
    if (!isDecoded(lines)) {
      controller.abort(new Error('a transfer coding that is not understood'));
      return;
    }
    const headers = this.#headersForClient(lines);
    if (this.#record) headers.push(...this.#record.noteAnswer(status));
    // A reason phrase means nothing (RFC 9112 §4); one that servers refuse to write must not fail the answer.
    this.#sink.start(status, PRINTABLE.test(statusText) ? statusText : '', headers);
    this.#started = true;
  }

  /** RFC 9110 §15.2: a proxy passes 1xx on. They are no answer, and put off no limit. */
  #inform(controller: Controller, status: number): void {
    this.#informed += 1;
    if (this.#informed > MOST_TAKEN) {
      controller.abort(new Error('too many informational responses'));
      return;
    }
    if (this.#informed <= MOST_INFORMED) {
      this.#sink.inform(status, this.#headersForClient(textOf(controller.rawHeaders)));
    }
    const leftMs = this.#sentAt + this.#settings.UPSTREAM_FIRST_BYTE_TIMEOUT_MS - performance.now();
    this.#firstByteTimer ??= setTimeout(() => controller.abort(new errors.HeadersTimeoutError()), leftMs);
  }

  #headersForClient(lines: readonly string[]): string[] {
    return headersForClient(lines, this.#settings.viaName, this.#plan.access !== null);
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.#record) this.#record.responseBytes += chunk.length;
    if (!this.#sink.write(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.#sink.end();
  }

  onResponseError(_controller: Controller | null, error: Error): void {
    clearTimeout(this.#firstByteTimer);
    if (this.#abandoned) return;
    if (this.#record) this.#record.end = 'upstream_broken';
    logger.warn({ upstream: this.upstream, code: codeOf(error), reason: error.message }, 'upstream call failed');
    if (this.#started) this.#sink.break();
    else this.#sink.answer(refusalFor(error, this.#plan.unreachable));
  }
}

/** Header bytes as Node's HTTP server writes them back: one character a byte. */
function textOf(raw: Controller['rawHeaders']): string[] {
  if (!Array.isArray(raw)) return [];
  return raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
}
