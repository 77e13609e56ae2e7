import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export type RawResponse = {
  status: number;
  /** Lower-case names; lines of one name joined by `, `. */
  headers: Record<string, string>;
  body: string;
};

/** A connection on which tests write bytes that no HTTP client would. */
export class RawConnection {
  readonly socket: Socket;
  #text = '';
  #closed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      this.#text += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#closed = true;
    });
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  write(text: string): void {
    this.socket.write(text, 'latin1');
  }

  get closed(): boolean {
    return this.#closed;
  }

  async waitForClose(): Promise<void> {
    if (!this.#closed) await once(this.socket, 'close');
  }

  /** What has come and was not read yet. */
  get pending(): string {
    return this.#text;
  }

  /** Waits until `pattern` has come and takes everything up to its end. */
  async readUntil(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.#text);
      if (match) return this.#take(match.index + match[0].length);
      if (this.#closed) throw new Error(`closed before ${pattern}; got ${JSON.stringify(this.#text)}`);
      await Promise.race([once(this.socket, 'data'), once(this.socket, 'close')]);
    }
  }

  /** Reads one response that is framed by `Content-Length`, by chunks or as having no body. */
  async readResponse(options: { head?: boolean } = {}): Promise<RawResponse> {
    const [statusLine = '', ...lines] = (await this.readUntil(/\r\n\r\n/)).trimEnd().split('\r\n');
    const headers: Record<string, string> = {};
    for (const line of lines) {
      const colon = line.indexOf(':');
      const name = line.slice(0, colon).toLowerCase();
      const value = line.slice(colon + 1).trim();
      headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
    }
    const status = Number(statusLine.split(' ')[1]);
    const body = options.head || status < 200 ? '' : await this.#readBody(headers);
    return { status, headers, body };
  }

  async #readBody(headers: Record<string, string>): Promise<string> {
    if (headers['transfer-encoding'] !== 'chunked') {
      const length = Number(headers['content-length'] ?? 0);
      return this.readUntil(new RegExp(`^[^]{${length}}`));
    }
    let body = '';
    for (;;) {
      const size = Number.parseInt(await this.readUntil(/\r\n/), 16);
      const chunk = await this.readUntil(new RegExp(`^[^]{${size + 2}}`));
      if (size === 0) return body;
      body += chunk.slice(0, -2);
    }
  }

  #take(length: number): string {
    const taken = this.#text.slice(0, length);
    this.#text = this.#text.slice(length);
    return taken;
  }
}

/** Sends one message on a connection of its own and reads the answer. */
export async function sendRaw(port: number, text: string): Promise<RawResponse> {
  const connection = await RawConnection.open(port);
  try {
    connection.write(text);
    return await connection.readResponse();
  } finally {
    connection.socket.destroy();
  }
}
