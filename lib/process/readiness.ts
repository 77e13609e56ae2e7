import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';

/** Only a process that hangs takes so long, on a machine that is busy with twenty others. */
const START_LIMIT_MS = 120_000;

/**
 * Waits until `url` answers with any status.
 *
 * @throws when it has not after `timeoutMs`.
 */
export async function waitUntilAnswers(url: string, timeoutMs = START_LIMIT_MS): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      const response = await request(url, { headersTimeout: 5_000 });
      await response.body.dump();
      return;
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`${url} did not answer within ${timeoutMs} ms`, { cause });
      await sleep(50);
    }
  }
}

/** Whether a server could listen on this address now; if not, the system's reason, such as `EADDRINUSE`. */
export async function probeListen(port: number, host: string): Promise<true | string> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
