import { createServer } from 'node:net';
import { listen } from './listen.ts';

export type RawUpstream = Awaited<ReturnType<typeof startRawUpstream>>;

/** A provider that answers every request with exactly the bytes that a test says, and closes. */
export async function startRawUpstream() {
  let answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer, 'latin1'));
  });
  const { port, close } = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    answerWith(bytes: string) {
      answer = bytes;
    },
    close,
  };
}
