import type { ResponseSink, SinkListener } from '../answer/response-sink.ts';
import type { OwnAnswer } from '../errors.ts';

/** What may wait for a slow client before the upstream is asked to wait. */
const BUFFERED_BYTES = 64 * 1024;

/** Statuses that have no body (fetch standard, "null body status"). */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** The client's side of one request where the answer is fetch's `Response`. */
export class WebSink implements ResponseSink {
  readonly response: Promise<Response>;
  readonly #method: string;
  readonly #signal: AbortSignal;
  readonly #body: ReadableStream<Uint8Array>;
  #respond: (response: Response) => void = () => {};
  #stream: ReadableStreamDefaultController<Uint8Array> | null = null;
  #listener: SinkListener | null = null;

  /** @param signal aborts when the client goes. */
  constructor(method: string, signal: AbortSignal) {
    this.#method = method;
    this.#signal = signal;
    this.response = new Promise((resolve) => {
      this.#respond = resolve;
    });
    this.#body = new ReadableStream<Uint8Array>(
      {
        start: (stream) => {
          this.#stream = stream;
        },
        pull: () => this.#listener?.resume(),
        cancel: () => this.#listener?.closed(false),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: BUFFERED_BYTES }),
    );
  }

  attach(listener: SinkListener): void {
    this.#listener = listener;
    const leave = () => {
      listener.closed(false);
      this.leave();
    };
    this.#signal.addEventListener('abort', leave, { once: true });
    if (this.#signal.aborted) leave();
  }

  /** The client went. Nobody reads it, but Next waits for an answer; 499 is what nginx calls such a client. */
  leave(): void {
    this.#respond(new Response(null, { status: 499 }));
  }

  /** The server around this has limits of its own, or none. */
  allowSilence(): void {}

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
    this.#listener?.closed(true);
  }

  answer(own: OwnAnswer): void {
    this.#respond(toResponse(own));
    this.#listener?.closed(true);
  }

  break(): void {
    this.#stream?.error(new Error('the answer was broken off'));
    this.#listener?.closed(false);
  }
}

/** A refusal as fetch has it. */
export function toResponse({ status, headers, body }: OwnAnswer): Response {
  const hasBody = !BODILESS.has(status);
  return new Response(hasBody ? new Uint8Array(body) : null, { status, headers: toHeaders(headers) });
}

function toHeaders(lines: readonly string[]): Headers {
  const headers = new Headers();
  for (let i = 0; i < lines.length; i += 2) headers.append(lines[i] ?? '', lines[i + 1] ?? '');
  return headers;
}
