import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OwnAnswer } from '../errors.ts';
import type { CallRecord } from '../observe/call-record.ts';
import type { ResponseSink, UpstreamExchange } from '../upstream/attempt.ts';
import { discardRest } from './discard-rest.ts';

/** The client's side of one request on Node's HTTP server. */
export class NodeSink implements ResponseSink {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Whether the client waits for `100 Continue` before it sends its body. */
  awaitsContinue: boolean;
  /** Of a gateway's call. */
  record: CallRecord | null = null;
  #exchange: UpstreamExchange | null = null;
  /** Whether bytes of the body, or its end, have taken the head with them. */
  #headLeaves = false;

  constructor(request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean) {
    this.request = request;
    this.response = response;
    this.awaitsContinue = awaitsContinue;
  }

  /**
   * Lets the client's pace and its leaving govern the upstream call.
   *
   * @param onClose is called once, when the request is over, however it ends.
   */
  attach(exchange: UpstreamExchange, onClose: () => void): void {
    this.#exchange = exchange;
    // The client's leaving shows on the response: the request closes when its upload is done.
    this.response.on('close', () => {
      if (!this.response.writableFinished) exchange.abandon();
      onClose();
    });
  }

  inform(status: number, headers: string[]): void {
    // HTTP/1.0 knows no 1xx (RFC 9110 §15.2).
    if (this.request.httpVersionMinor > 0) this.response.writeInformation(status, headers);
  }

  start(status: number, statusText: string, headers: string[]): void {
    this.response.writeHead(status, statusText, headers);
    // Headers leave with the first bytes if these are there already, else now: a stream may be silent for long.
    queueMicrotask(() => {
      if (!this.#headLeaves) this.response.flushHeaders();
    });
  }

  write(chunk: Buffer): boolean {
    this.#headLeaves = true;
    const takesMore = this.response.write(chunk);
    if (!takesMore) this.response.once('drain', () => this.#exchange?.resume());
    return takesMore;
  }

  end(): void {
    this.#headLeaves = true;
    this.response.end();
    discardRest(this.request);
  }

  answer(own: OwnAnswer): void {
    if (this.response.headersSent || this.response.destroyed) return;
    const headers = [...own.headers, ...(this.record?.noteOwnAnswer(own) ?? [])];
    // RFC 9110 §10.1.1: whether the client now sends its body is not known, so nothing after it could be understood.
    if (this.awaitsContinue) headers.push('connection', 'close');
    this.response.writeHead(own.status, headers).end(own.body);
    if (!this.awaitsContinue) discardRest(this.request);
  }

  break(): void {
    // An answer that waits behind another of its connection has no socket yet; nothing of it must come either.
    const socket = this.response.socket ?? this.request.socket;
    // A body that ends with the connection looks whole at a FIN, not at a reset. Others lack their end, and with a FIN
    // the client gets what was sent before.
    if (this.request.httpVersionMinor === 0) socket.resetAndDestroy();
    else socket.destroySoon();
  }

  /** Ends the request for a fault of its client's: with `refusal` if nothing was answered yet. */
  fail(refusal: OwnAnswer): void {
    this.#exchange?.abandon();
    if (this.response.headersSent) this.break();
    else {
      this.awaitsContinue = true;
      this.answer(refusal);
    }
  }
}
