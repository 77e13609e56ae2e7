import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { listen } from './listen.ts';

/** How much of a connection's bytes is kept: heads and small bodies, not a large upload. */
const KEPT_BYTES = 1024 * 1024;

/** One request as the upstream got it. */
export type RecordedRequest = {
  method: string;
  /** Path and query. */
  url: string;
  /** Names and values in turn, as they came. */
  rawHeaders: string[];
  /** The values of all lines of a name. */
  header(name: string): string[];
  /** The whole body; rejects if it breaks off. */
  body: Promise<Buffer>;
  /** Resolves when the connection closes before the answer was complete. */
  aborted: Promise<void>;
};

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export type RecordingUpstream = Awaited<ReturnType<typeof startRecordingUpstream>>;

/** A provider that writes down exactly what it gets and answers what a test says; by default 200 and `{}`. */
export async function startRecordingUpstream() {
  const requests: RecordedRequest[] = [];
  const arrivals = new EventEmitter();
  const received: Buffer[] = [];
  let connections = 0;
  let answer: Answer = answerEmpty;
  const server = createServer({ keepAliveTimeout: 5_000 }, (request, response) => {
    const recorded = record(request, response);
    requests.push(recorded);
    arrivals.emit('request', recorded);
    answer(response, request);
  });
  server.on('connection', (socket: Socket) => {
    connections += 1;
    let kept = 0;
    socket.on('data', (chunk: Buffer) => {
      if (kept < KEPT_BYTES) received.push(chunk);
      kept += chunk.length;
    });
    socket.on('error', () => {});
  });
  const { port, close } = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    requests,
    /** Every byte received on any connection since the last `reset`. */
    receivedText: () => Buffer.concat(received).toString('latin1'),
    connections: () => connections,
    answerWith(next: Answer) {
      answer = next;
    },
    async nextRequest(): Promise<RecordedRequest> {
      const [recorded] = await once(arrivals, 'request');
      return recorded;
    },
    /** Forgets what was recorded and answers as at first. */
    reset() {
      requests.length = 0;
      received.length = 0;
      answer = answerEmpty;
    },
    close: async () => {
      server.closeAllConnections();
      await close();
    },
  };
}

const answerEmpty: Answer = (response, request) => {
  request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
};

function record(request: IncomingMessage, response: ServerResponse): RecordedRequest {
  const { method = '', url = '', rawHeaders } = request;
  const chunks: Buffer[] = [];
  const body = new Promise<Buffer>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks))).on('error', reject);
  });
  // A test that looks only at `aborted` need not handle it.
  body.catch(() => {});
  const aborted = new Promise<void>((resolve) => {
    response.on('close', () => {
      if (!response.writableFinished) resolve();
    });
  });
  const header = (name: string) =>
    rawHeaders.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
  return { method, url, rawHeaders, header, body, aborted };
}
