import type { OwnAnswer } from '../errors.ts';
import type { CallRecord } from '../observe/call-record.ts';
import type { ResponseSink, UpstreamExchange } from '../upstream/attempt.ts';

/** What may wait for a slow client before the upstream is asked to wait. */
const BUFFERED_BYTES = 64 * 1024;

/** Statuses that have no body (fetch standard, "null body status"). */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** The client's side of one request where the answer is fetch's `Response`. */
export class WebSink implements ResponseSink {
  readonly response: Promise<Response>;
  readonly #method: string;
  readonly #record: CallRecord;
  readonly #body: ReadableStream<Uint8Array>;
  #respond: (response: Response) => void = () => {};
  #stream: ReadableStreamDefaultController<Uint8Array> | null = null;
  #exchange: UpstreamExchange | null = null;
  #onClose: (whole: boolean) => void = () => {};

  constructor(method: string, record: CallRecord) {
    this.#method = method;
    this.#record = record;
    this.response = new Promise((resolve) => {
      this.#respond = resolve;
    });
    this.#body = new ReadableStream<Uint8Array>(
      {
        start: (stream) => {
          this.#stream = stream;
        },
        pull: () => this.#exchange?.resume(),
        cancel: () => {
          this.#exchange?.abandon();
          this.#onClose(false);
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: BUFFERED_BYTES }),
    );
  }

  /**
   * Lets the client's pace and its leaving govern the upstream call.
   *
   * @param onClose is called when the request is over, perhaps more than once, with whether all was answered.
   */
  attach(exchange: UpstreamExchange, signal: AbortSignal, onClose: (whole: boolean) => void): void {
    this.#exchange = exchange;
    this.#onClose = onClose;
    const leave = () => {
      exchange.abandon();
      onClose(false);
      // Nobody reads it, but Next waits for an answer; 499 is what nginx calls a client that went.
      this.#respond(new Response(null, { status: 499 }));
    };
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
  }

  /** fetch's `Response` has no place for a 1xx. */
  inform(): void {}

  start(status: number, statusText: string, lines: string[]): void {
    const headers = toHeaders(lines);
    // Next drops `Content-Encoding` from what a route answers, so the client could not read it. Nobody asked for one.
    if (headers.has('content-encoding')) throw new Error("the upstream's Content-Encoding cannot be passed on");
    const hasBody = this.#method !== 'HEAD' && !BODILESS.has(status);
    // Next compresses what is not, and would hold back an event stream for it; RFC 9111 §5.2.2.6 forbids that.
    headers.append('cache-control', 'no-transform');
    this.#respond(new Response(hasBody ? this.#body : null, { status, statusText, headers }));
    // Next sends the head with the first bytes, and a stream may be silent for long.
    this.#stream?.enqueue(new Uint8Array());
  }

  write(chunk: Buffer): boolean {
    this.#stream?.enqueue(chunk);
    return (this.#stream?.desiredSize ?? 0) > 0;
  }

  end(): void {
    this.#stream?.close();
    this.#onClose(true);
  }

  answer(own: OwnAnswer): void {
    this.#respond(toResponse(own, this.#record));
    this.#onClose(true);
  }

  break(): void {
    this.#stream?.error(new Error('the answer was broken off'));
    this.#onClose(false);
  }
}

/** A refusal as fetch has it. */
export function toResponse(own: OwnAnswer, record?: CallRecord): Response {
  const headers = toHeaders([...own.headers, ...(record?.noteOwnAnswer(own) ?? [])]);
  return new Response(new Uint8Array(own.body), { status: own.status, headers });
}

function toHeaders(lines: readonly string[]): Headers {
  const headers = new Headers();
  for (let i = 0; i < lines.length; i += 2) headers.append(lines[i] ?? '', lines[i + 1] ?? '');
  return headers;
}
