import { connect, type Socket } from 'node:net';
import { MessageReader } from '../wire/message-reader.ts';

/** All connections read into it: what was read is dealt with before the next read. */
const readBuffer = Buffer.allocUnsafe(256 * 1024);

/** What a caller wants to hear of the response to one request. */
export type ResponseWatch = {
  /** Bytes as they came off the socket, good until this returns. */
  onRead?(bytes: Buffer): void;
  onEnd(status: number, bodyBytes: number): void;
  /** The connection broke before the response was whole; or something thrown above. */
  onFailure(error: Error): void;
};

/** A client's connection that only counts: it costs a few microseconds a response. One request at a time. */
export class ClientConnection {
  readonly #socket: Socket;
  readonly #reader: MessageReader;
  #watch: ResponseWatch | null = null;
  #status = 0;
  #bodyBytes = 0;

  constructor(origin: string) {
    this.#reader = new MessageReader({
      onHead: (head) => {
        this.#status = Number(head.slice(9, 12));
        this.#bodyBytes = 0;
      },
      onBody: (_bytes, start, end) => {
        this.#bodyBytes += end - start;
      },
      onEnd: () => this.#finish(),
    });
    const { hostname, port } = new URL(origin);
    this.#socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback: (length) => {
          this.#read(readBuffer.subarray(0, length));
          return true;
        },
      },
    });
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () =>
      this.#fail(new Error(`${origin} closed a connection before the response was whole`)),
    );
  }

  send(request: string, watch: ResponseWatch): void {
    if (this.#watch) throw new Error('a connection carries one request at a time');
    this.#watch = watch;
    this.#socket.write(request, 'latin1');
  }

  close(): void {
    this.#watch = null;
    this.#socket.destroy();
  }

  #read(bytes: Buffer): void {
    try {
      this.#watch?.onRead?.(bytes);
      this.#reader.read(bytes);
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #finish(): void {
    const watch = this.#watch;
    // Free before it is told, so that it can be used again at once.
    this.#watch = null;
    if (!watch) throw new Error('a response came that nobody asked for');
    try {
      watch.onEnd(this.#status, this.#bodyBytes);
    } catch (error) {
      watch.onFailure(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #fail(error: Error): void {
    const watch = this.#watch;
    this.#watch = null;
    this.#socket.destroy();
    watch?.onFailure(error);
  }
}
