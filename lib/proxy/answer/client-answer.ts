import type { OwnAnswer } from '../errors.ts';
import { HeaderLines } from '../headers/header-lines.ts';
import type { CallRecord } from '../observe/call-record.ts';
import type { AnswerObserver } from './observer.ts';
import { headersForClient, REQUEST_ID_HEADER } from './response-headers.ts';
import type { ResponseSink, SinkListener } from './response-sink.ts';
import type { ReturnAddress } from './return-address.ts';

/** What an answer comes from: the attempt of the moment. */
export type AnswerSource = { resume(): void; abandon(): void };

const PRINTABLE = /^[\x20-\x7e]*$/;

/**
 * What a client is told, from whichever attempt at an upstream it comes: the attempts are thrown away, this stays. It
 * passes an answer on as it comes, without buffering.
 */
export class ClientAnswer implements SinkListener {
  /** Whether the client was sent a head, so that no other answer is possible. */
  started = false;
  /** Whether an upstream call would be of use to nobody: the client went, or nothing more is to be sent. */
  abandoned = false;
  readonly #sink: ResponseSink;
  readonly #viaName: string;
  readonly #record: CallRecord | null;
  /** What every answer of a gateway carries, wherever it comes from: names and values in turn. */
  readonly #carried: string[];
  readonly #onClosed: (whole: boolean) => void;
  #isOver = false;
  /** Whether the client takes more at the moment. */
  #isTaken = true;
  #source: AnswerSource | null = null;
  #returnAddress: ReturnAddress | null = null;
  /** Null without one: then a chunk costs no call. */
  #observers: AnswerObserver[] | null = null;

  /**
   * @param record null for the console's.
   * @param onClosed may be called more than once.
   */
  constructor(sink: ResponseSink, viaName: string, record: CallRecord | null, onClosed: (whole: boolean) => void) {
    this.#sink = sink;
    this.#viaName = viaName;
    this.#record = record;
    // The one place that tells a client which line of the log is about its call.
    this.#carried = record ? [REQUEST_ID_HEADER, record.id] : [];
    this.#onClosed = onClosed;
    sink.attach(this);
  }

  /** Lets `source` provide the answer, in the place of any before it. */
  takeFrom(source: AnswerSource): void {
    this.#source = source;
  }

  /** Has every answer carry these headers, wherever it comes from: names and values in turn. */
  carry(lines: readonly string[]): void {
    this.#carried.push(...lines);
  }

  /** See `ResponseSink`. */
  allowSilence(milliseconds: number, takingMs: number): void {
    this.#sink.allowSilence(milliseconds, takingMs);
  }

  /** Where addresses of the provider's in the answer lead to; null: nowhere else. */
  leadBack(returnAddress: ReturnAddress | null): void {
    this.#returnAddress = returnAddress;
  }

  /** Lets `observer` see what the provider answers. */
  observe(observer: AnswerObserver): void {
    this.#observers = [...(this.#observers ?? []), observer];
  }

  get isObserved(): boolean {
    return this.#observers !== null;
  }

  resume(): void {
    this.#isTaken = true;
    this.#source?.resume();
  }

  closed(whole: boolean): void {
    this.#isOver = true;
    if (!whole) this.abandon();
    this.#endObservers(false);
    this.#onClosed(whole);
  }

  /** The upstream call is cut, now or as soon as it begins. */
  abandon(): void {
    this.abandoned = true;
    this.#source?.abandon();
  }

  /** RFC 9110 §15.2: a proxy passes 1xx on. @param lines as the upstream sent them. */
  inform(status: number, lines: readonly string[]): void {
    this.#sink.inform(status, this.#headersFrom(lines));
  }

  /** @param lines as the upstream sent them, names and values in turn. */
  start(status: number, statusText: string, lines: readonly string[]): void {
    if (this.#observers) this.#beginObservers(status, lines);
    const headers = this.#headersFrom(lines);
    headers.push(...this.#carried);
    this.#record?.noteAnswer(status);
    // A reason phrase means nothing (RFC 9112 §4); one that servers refuse to write must not fail the answer.
    this.#sink.start(status, PRINTABLE.test(statusText) ? statusText : '', headers);
    this.started = true;
  }

  /** False: the source is to pause until it is told to resume. */
  write(chunk: Buffer): boolean {
    if (this.#record) this.#record.responseBytes += chunk.length;
    if (this.#observers) for (const observer of this.#observers) observer.look(chunk);
    this.#isTaken = this.#sink.write(chunk);
    return this.#isTaken;
  }

  /** Adds bytes of the gateway's own between two chunks, unless the client has not taken yet what it was sent. */
  insert(bytes: Buffer): void {
    if (this.started && this.#isTaken && !this.#isOver) this.#isTaken = this.#sink.write(bytes);
  }

  end(): void {
    this.#endObservers(true);
    this.#sink.end();
  }

  /** The upstream has failed: an answer that was begun is broken off, another becomes `refusal`. */
  fail(refusal: OwnAnswer): void {
    if (this.#record) this.#record.end = 'upstream_broken';
    this.#cutShort(refusal);
  }

  /** As `fail`, with an upstream that could still answer. */
  stop(refusal: OwnAnswer): void {
    this.abandon();
    this.#cutShort(refusal);
  }

  /** Answers instead of an upstream, unless there is an answer or nobody to read it. */
  refuse(own: OwnAnswer): void {
    if (this.#isOver || this.started) return;
    this.#isOver = true;
    this.#record?.noteOwnAnswer(own);
    this.#sink.answer({ ...own, headers: [...own.headers, ...this.#carried] });
  }

  #cutShort(refusal: OwnAnswer): void {
    this.#endObservers(false);
    if (this.started) this.#sink.break();
    else this.refuse(refusal);
  }

  #headersFrom(lines: readonly string[]): string[] {
    const rewritten = this.#returnAddress?.rewrite(lines) ?? lines;
    return headersForClient(rewritten, this.#viaName, this.#record !== null);
  }

  #beginObservers(status: number, lines: readonly string[]): void {
    const headers = new HeaderLines(lines);
    const interested = this.#observers?.filter((observer) => observer.begin(status, headers)) ?? [];
    this.#observers = interested.length > 0 ? interested : null;
  }

  #endObservers(whole: boolean): void {
    if (!this.#observers) return;
    const observers = this.#observers;
    this.#observers = null;
    // One that saw no head has nothing to end.
    if (this.started) for (const observer of observers) observer.end(whole);
  }
}
