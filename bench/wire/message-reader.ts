/** What a message on a connection consists of, told as its bytes come. */
export type MessageHandler = {
  /** Start line and header lines, with the empty line. */
  onHead(head: string): void;
  /** A piece of the payload, without the chunked coding: `bytes` from `start` to before `end`. */
  onBody(bytes: Buffer, start: number, end: number): void;
  onEnd(): void;
};

type State = 'head' | 'body' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailer';

const HEAD_END = '\r\n\r\n';
const LINE_FEED = 0x0a;
const MAX_HEAD_BYTES = 64 * 1024;

/**
 * Reads HTTP/1.1 messages one after another off a connection (RFC 9112 §6 and §7), cheaply: only what the benchmark's
 * own ends need. A message with neither `Content-Length` nor the chunked coding has no body.
 */
export class MessageReader {
  readonly #handler: MessageHandler;
  #state: State = 'head';
  /** The part of a head or of a line that has come so far. */
  #partial = '';
  /** Bytes of the body or of the chunk that are still to come. */
  #left = 0;

  constructor(handler: MessageHandler) {
    this.#handler = handler;
  }

  /** @throws when a head has no end or a chunk has no size. */
  read(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) at = this.#step(bytes, at);
  }

  #step(bytes: Buffer, at: number): number {
    switch (this.#state) {
      case 'head':
        return this.#readHead(bytes, at);
      case 'body':
        return this.#readPayload(bytes, at, 'head');
      case 'chunk-data':
        return this.#readPayload(bytes, at, 'chunk-end');
      case 'chunk-size':
        return this.#readLine(bytes, at, (line) => this.#startChunk(line));
      case 'chunk-end':
        return this.#readLine(bytes, at, () => {
          this.#state = 'chunk-size';
        });
      case 'trailer':
        return this.#readLine(bytes, at, (line) => {
          if (line === '') this.#finish();
        });
    }
  }

  #readHead(bytes: Buffer, at: number): number {
    // A head nearly always comes whole; then nothing after it is copied.
    const end = this.#partial === '' ? bytes.indexOf(HEAD_END, at, 'latin1') : -1;
    const next = end < 0 ? bytes.length : end + HEAD_END.length;
    const before = this.#partial.length;
    this.#partial += bytes.toString('latin1', at, next);
    const headEnd = end < 0 ? this.#partial.indexOf(HEAD_END) : this.#partial.length - HEAD_END.length;
    if (headEnd < 0) {
      if (this.#partial.length > MAX_HEAD_BYTES) throw new Error('a message has a head without end');
      return next;
    }
    const head = this.#partial.slice(0, headEnd + HEAD_END.length);
    this.#partial = '';
    this.#startBody(head);
    return at + head.length - before;
  }

  #startBody(head: string): void {
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    this.#left = Number(length ?? 0);
    const isChunked = length === undefined && /\r\ntransfer-encoding: *chunked/i.test(head);
    this.#state = isChunked ? 'chunk-size' : 'body';
    this.#handler.onHead(head);
    if (!isChunked && this.#left === 0) this.#finish();
  }

  #readPayload(bytes: Buffer, at: number, after: State): number {
    const end = Math.min(at + this.#left, bytes.length);
    this.#left -= end - at;
    this.#handler.onBody(bytes, at, end);
    if (this.#left > 0) return end;
    this.#state = after;
    if (after === 'head') this.#finish();
    return end;
  }

  #startChunk(line: string): void {
    this.#left = Number.parseInt(line, 16);
    if (Number.isNaN(this.#left)) throw new Error(`a chunk has no size: ${JSON.stringify(line)}`);
    this.#state = this.#left === 0 ? 'trailer' : 'chunk-data';
  }

  #readLine(bytes: Buffer, at: number, onLine: (line: string) => void): number {
    const end = bytes.indexOf(LINE_FEED, at);
    if (end < 0) {
      this.#partial += bytes.toString('latin1', at);
      return bytes.length;
    }
    const line = (this.#partial + bytes.toString('latin1', at, end)).replace('\r', '');
    this.#partial = '';
    onLine(line);
    return end + 1;
  }

  #finish(): void {
    this.#state = 'head';
    this.#handler.onEnd();
  }
}
