import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ResponseSink, SinkListener } from '../answer/response-sink.ts';
import type { OwnAnswer } from '../errors.ts';
import { discardRest } from './discard-rest.ts';

/** On top of the upstream's own limits, which are to strike first. */
export const STALL_MARGIN_MS = 5_000;

/** The client's side of one request on Node's HTTP server. */
export class NodeSink implements ResponseSink {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Whether the client waits for `100 Continue` before it sends its body. */
  awaitsContinue: boolean;
  #listener: SinkListener | null = null;
  /** How long the client may take nothing of what is there; 0: as the server has it. */
  #takingMs = 0;
  /** Whether bytes of the body, or its end, have taken the head with them. */
  #headLeaves = false;

  constructor(request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean) {
    this.request = request;
    this.response = response;
    this.awaitsContinue = awaitsContinue;
  }

  attach(listener: SinkListener): void {
    this.#listener = listener;
    // The client's leaving shows on the response: the request closes when its upload is done.
    this.response.on('close', () => listener.closed(this.response.writableFinished));
  }

  /** The request's body; a client that waits for `100 Continue` is told to send it. */
  takeBody(): IncomingMessage {
    if (this.awaitsContinue) this.response.writeContinue();
    this.awaitsContinue = false;
    return this.request;
  }

  allowSilence(milliseconds: number, takingMs: number): void {
    const { socket } = this.request;
    const limitMs = milliseconds + STALL_MARGIN_MS;
    this.#takingMs = takingMs;
    // Before the next request of the connection, Node sets the server's own limit again.
    if ((socket.timeout ?? 0) < limitMs) socket.setTimeout(limitMs);
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
    if (!takesMore) this.#waitForTaking();
    return takesMore;
  }

  /** What is taken little by little counts as movement: Node looks at how much is left. */
  #waitForTaking(): void {
    const { socket } = this.request;
    const waitingMs = socket.timeout ?? 0;
    if (this.#takingMs > 0) socket.setTimeout(this.#takingMs);
    this.response.once('drain', () => {
      socket.setTimeout(waitingMs);
      this.#listener?.resume();
    });
  }

  end(): void {
    this.#headLeaves = true;
    this.response.end();
    if (this.#takingMs > 0 && this.response.writableLength > 0) this.request.socket.setTimeout(this.#takingMs);
    discardRest(this.request);
  }

  answer(own: OwnAnswer): void {
    if (this.response.headersSent || this.response.destroyed) return;
    const { headers } = own;
    // RFC 9110 §10.1.1: whether the client now sends its body is not known, so nothing after it could be understood.
    const lines = this.awaitsContinue ? [...headers, 'connection', 'close'] : headers;
    this.response.writeHead(own.status, lines).end(own.body);
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
    // What follows on the connection could not be understood.
    this.awaitsContinue = true;
    if (this.#listener) this.#listener.stop(refusal);
    else this.answer(refusal);
  }
}
