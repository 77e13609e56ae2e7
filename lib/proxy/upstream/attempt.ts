import { type Dispatcher, errors } from 'undici';
import { logger } from '#lib/logger.ts';
import type { AnswerSource, ClientAnswer } from '../answer/client-answer.ts';
import { isDecoded } from '../answer/response-headers.ts';
import type { ErrorCode } from '../errors.ts';
import type { Eventually } from '../eventually.ts';
import { MOST_LINES } from '../headers/header-lines.ts';
import type { ProxySettings } from '../settings.ts';
import { codeOf, refusalFor } from './failure.ts';
import type { UpstreamRequest } from './upstream-request.ts';

/** A client that does not read would let more of them fill our memory. */
const MOST_INFORMED = 100;
/** One a second for as long as most wait; an upstream that sends more would keep this process from everybody else's. */
const MOST_TAKEN = 1_000;

type Controller = Dispatcher.DispatchController;
/** Names and values in turn, as they came. */
type RawLines = readonly (Buffer | string)[];

/** What is said to a request that is not sent after all; nobody but undici hears it. */
const HELD_BACK = new Error('not sent: it is not certain any more that its token is good');

/** Says whether a request may still be sent. */
type Guard = { readonly isGood: boolean };

const UNGUARDED: Guard = { isGood: true };

type AttemptSettings = Pick<ProxySettings, 'UPSTREAM_FIRST_BYTE_TIMEOUT_MS'>;

/**
 * One upstream call, as undici reports it, passed to the client's answer as it comes: no buffering, no retry, no
 * redirect, no decompression. It is thrown away when it has failed.
 */
export class Attempt implements Dispatcher.DispatchHandler, AnswerSource {
  readonly #answer: ClientAnswer;
  readonly #request: UpstreamRequest;
  readonly #unreachable: ErrorCode;
  readonly #settings: AttemptSettings;
  readonly #guard: Guard;
  /** Whether turns may have passed since it was to be sent. */
  #hasWaited = false;
  /** Null until it begins to be sent, has failed before that, or is held back: then false. */
  #wasSent: boolean | null = null;
  #tell: (wasSent: boolean) => void = () => {};
  /** Null until a connection is there and the request begins to be sent on it. */
  #controller: Controller | null = null;
  #abandoned = false;
  #sentAt = 0;
  /** Since the first informational response; that one ends the HTTP client's own wait for an answer. */
  #firstByteTimer: NodeJS.Timeout | undefined;
  #informed = 0;

  /**
   * @param unreachable what the client is told when this upstream cannot be reached or understood.
   * @param guard asked in the very turn in which the first byte is sent, where the connection had to be waited for.
   */
  constructor(
    answer: ClientAnswer,
    request: UpstreamRequest,
    unreachable: ErrorCode,
    settings: AttemptSettings,
    guard: Guard = UNGUARDED,
  ) {
    this.#answer = answer;
    this.#request = request;
    this.#unreachable = unreachable;
    this.#settings = settings;
    this.#guard = guard;
  }

  /**
   * Sends the request; from now on the client's answer comes from here. To be called in a turn in which it may be sent.
   *
   * @returns false: it was held back, nothing was sent, and the client was told nothing.
   */
  send(upstream: Dispatcher): Eventually<boolean> {
    this.#answer.takeFrom(this);
    upstream.dispatch(this.#request, this);
    if (this.#wasSent !== null) return this.#wasSent;
    this.#hasWaited = true;
    return new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  abandon(): void {
    this.#abandoned = true;
    this.#controller?.abort(new Error('the client went'));
  }

  resume(): void {
    this.#controller?.resume();
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    this.#sentAt = performance.now();
    const isHeldBack = !this.#abandoned && this.#hasWaited && !this.#guard.isGood;
    this.#note(!isHeldBack);
    if (this.#abandoned) this.abandon();
    if (isHeldBack) controller.abort(HELD_BACK);
  }

  #note(wasSent: boolean): void {
    this.#wasSent ??= wasSent;
    this.#tell(this.#wasSent);
  }

  onResponseStart(controller: Controller, status: number, _headers: unknown, statusText = ''): void {
    const raw = Array.isArray(controller.rawHeaders) ? controller.rawHeaders : [];
    if (raw.length > 2 * MOST_LINES) {
      controller.abort(new Error('too many header lines'));
      return;
    }
    if (status < 200) {
      this.#inform(controller, status, raw);
      return;
    }
    clearTimeout(this.#firstByteTimer);
    const lines = textOf(raw);
    if (isDecoded(lines)) this.#answer.start(status, statusText, lines);
    else controller.abort(new Error('a transfer coding that is not understood'));
  }

  /** They are no answer, and put off no limit. */
  #inform(controller: Controller, status: number, raw: RawLines): void {
    this.#informed += 1;
    if (this.#informed > MOST_TAKEN) {
      controller.abort(new Error('too many informational responses'));
      return;
    }
    if (this.#informed <= MOST_INFORMED) this.#answer.inform(status, textOf(raw));
    const limitMs = this.#request.headersTimeout ?? this.#settings.UPSTREAM_FIRST_BYTE_TIMEOUT_MS;
    const leftMs = this.#sentAt + limitMs - performance.now();
    this.#firstByteTimer ??= setTimeout(() => controller.abort(new errors.HeadersTimeoutError()), leftMs);
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (!this.#answer.write(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.#answer.end();
  }

  onResponseError(_controller: Controller | null, error: Error): void {
    clearTimeout(this.#firstByteTimer);
    this.#note(true);
    if (this.#abandoned || !this.#wasSent) return;
    const { origin } = this.#request;
    logger.warn({ upstream: origin, code: codeOf(error), reason: error.message }, 'upstream call failed');
    this.#answer.fail(refusalFor(error, this.#unreachable, this.#controller !== null));
  }
}

/** Header bytes as Node's HTTP server writes them back: one character a byte. */
function textOf(raw: RawLines): string[] {
  return raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
}
