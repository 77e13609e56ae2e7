import { createServer } from 'node:net';
import { listen } from '#testing/listen.ts';

/**
 * A proxy that serves nothing: whatever a client wants beyond the gateway ends here. A closed port would do until it
 * became another program's.
 */
export async function startDeadProxy() {
  const server = createServer((socket) => {
    socket.on('error', () => {}).destroy();
  });
  const { port, close } = await listen(server);
  return { url: `http://127.0.0.1:${port}`, close };
}
