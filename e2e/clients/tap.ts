import { createServer, type IncomingMessage } from 'node:http';
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { listen } from '#testing/listen.ts';

/** One request as the client wrote it, when, and the status that it was answered with, null while it has none. */
export type SeenRequest = { method: string; target: string; headerNames: string[]; at: number; status: number | null };

export type Tap = Awaited<ReturnType<typeof openTap>>;

/** Stands before the gateway and passes every byte on, both ways, unread: what a client sent is seen and not changed. */
export async function openTap(port: number) {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const reader = createServer();
  const server = createTcpServer((client) => {
    const gateway = connect(port, '127.0.0.1');
    for (const socket of [client, gateway]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      // A client that leaves takes its connection to the gateway with it, and the reverse.
      socket.on('error', () => {});
    }
    client.on('close', () => gateway.destroy()).pipe(gateway);
    gateway.on('close', () => client.destroy()).pipe(client);
    readAlong(client, gateway);
  });
  const noteRequest = (message: IncomingMessage) => {
    // Left unread, a body would hold up what the connection brings next.
    const { method = '', url = '', rawHeaders, socket } = message.resume();
    const headerNames = rawHeaders.filter((_, index) => index % 2 === 0);
    const request: SeenRequest = { method, target: url, headerNames, at: Date.now(), status: null };
    seen.push(request);
    unanswered.get(socket)?.push(request);
  };
  const unanswered = new WeakMap<Duplex, SeenRequest[]>();
  // An answer of the reader's own goes nowhere.
  reader
    .on('request', noteRequest)
    .on('upgrade', noteRequest)
    .on('connect', noteRequest)
    .on('clientError', () => {});

  function readAlong(client: Socket, gateway: Socket): void {
    const waiting: SeenRequest[] = [];
    const copy = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
    unanswered.set(copy, waiting);
    client.on('data', (chunk: Buffer) => copy.push(chunk)).on('close', () => copy.destroy());
    gateway.on('data', (chunk: Buffer) => {
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(chunk.toString('latin1', 0, 16))?.[1]);
      // RFC 9110 §15.2: an interim answer is followed by the one that counts.
      if (!(status >= 200 || status === 101)) return;
      const answered = waiting.shift();
      if (answered) answered.status = status;
    });
    reader.emit('connection', copy);
  }

  const { port: ownPort, close } = await listen(server);
  return {
    port: ownPort,
    /** What came and was not taken. */
    seen: (): readonly SeenRequest[] => seen,
    /** Takes what came up to then, in milliseconds since 1970. */
    takeSeen: (until: number) => seen.splice(0, seen.filter(({ at }) => at <= until).length),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await close();
    },
  };
}
