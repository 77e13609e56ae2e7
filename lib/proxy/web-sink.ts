import type { Refusal } from './errors.ts';
import type { ResponseSink, UpstreamExchange } from './exchange.ts';

/** What may wait for a slow client before the upstream is asked to wait. */
const BUFFERED_BYTES = 64 * 1024;

/** Statuses that have no body (fetch standard, "null body status"). */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** The client's side of one request where the answer is fetch's `Response`. */
export class WebSink implements ResponseSink {
  readonly response: Promise<Response>;
  readonly #method: string;
  readonly #body: ReadableStream<Uint8Array>;
  #respond: (response: Response) => void = () => {};
  #stream: ReadableStreamDefaultController<Uint8Array> | null = null;
  #exchange: UpstreamExchange | null = null;

  constructor(method: string) {
    this.#method = method;
    this.response = new Promise((resolve) => {
      this.#respond = resolve;
    });
    this.#body = new ReadableStream<Uint8Array>(
      {
        start: (stream) => {
          this.#stream = stream;
        },
        pull: () => this.#exchange?.resume(),
        cancel: () => this.#exchange?.abandon(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: BUFFERED_BYTES }),
    );
  }

  /** Lets the client's pace and its leaving govern the upstream call. */
  attach(exchange: UpstreamExchange, signal: AbortSignal): void {
    this.#exchange = exchange;
    signal.addEventListener('abort', () => exchange.abandon(), { once: true });
    if (signal.aborted) exchange.abandon();
  }

  /** fetch's `Response` has no place for a 1xx. */
  inform(): void {}

  start(status: number, statusText: string, headers: string[]): void {
    const hasBody = this.#method !== 'HEAD' && !BODILESS.has(status);
    const init = { status, statusText, headers: withoutTransform(toHeaders(headers)) };
    this.#respond(new Response(hasBody ? this.#body : null, init));
  }

  write(chunk: Buffer): boolean {
    this.#stream?.enqueue(chunk);
    return (this.#stream?.desiredSize ?? 0) > 0;
  }

  end(): void {
    this.#stream?.close();
  }

  refuse(refusal: Refusal): void {
    this.#respond(toResponse(refusal));
  }

  break(): void {
    this.#stream?.error(new Error('the upstream broke off'));
  }
}

/** A refusal as fetch has it. */
export function toResponse({ status, headers, body }: Refusal): Response {
  return new Response(new Uint8Array(body), { status, headers: toHeaders(headers) });
}

function toHeaders(lines: readonly string[]): Headers {
  const headers = new Headers();
  for (let i = 0; i < lines.length; i += 2) headers.append(lines[i] ?? '', lines[i + 1] ?? '');
  return headers;
}

/** Next compresses what is not, and would hold back an event stream for it; `no-transform` forbids that (RFC 9111 §5.2.2.6). */
function withoutTransform(headers: Headers): Headers {
  if (!headers.has('content-encoding')) headers.append('cache-control', 'no-transform');
  return headers;
}
