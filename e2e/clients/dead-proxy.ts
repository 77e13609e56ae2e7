import { createServer } from 'node:net';
import { listen } from '#testing/listen.ts';

/** A proxy that serves nothing: whatever a client wants beyond the gateway ends here, and its first line is kept. */
export async function startDeadProxy() {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (chunk) => {
      asked.push(chunk.toString('latin1').split('\r\n', 1)[0] ?? '');
      socket.destroy();
    });
  });
  const { port, close } = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    /** What was asked for since the last time this was asked. */
    takeAsked: () => asked.splice(0),
    close,
  };
}
