import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '#testing/listen.ts';

/** How the provider treats a call, as the header `x-chaos` of the call says. */
export type Behaviour = 'json' | 'stream' | 'slow' | 'error' | 'reset' | 'broken_stream' | 'stall';

/** Those at which the provider does what it should. */
export const SOUND: readonly Behaviour[] = ['json', 'stream', 'slow', 'error'];
export const FAULTY: readonly Behaviour[] = ['reset', 'broken_stream', 'stall'];

export const STREAM_CHUNKS = 40;
const CHUNK_EVERY_MS = 50;
const SLOW_MS = 800;

/** A provider that faults when a call asks for it. */
export async function startFaultyUpstream() {
  const server = createServer(async (request, response) => {
    response.on('error', () => {});
    request.resume();
    await behave(String(request.headers['x-chaos'] ?? 'json'), response);
  });
  const { port, close } = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await close();
    },
  };
}

async function behave(behaviour: string, response: ServerResponse): Promise<void> {
  if (behaviour === 'reset') return void response.socket?.resetAndDestroy();
  if (behaviour === 'error') return void response.writeHead(529).end('{}');
  if (behaviour === 'slow') await sleep(SLOW_MS);
  if (behaviour === 'json' || behaviour === 'slow') return void response.end('{"ok":true}');
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let i = 0; i < STREAM_CHUNKS && !response.destroyed; i++) {
    if (i === STREAM_CHUNKS / 2 && behaviour === 'broken_stream') return void response.destroy();
    // Silent until the client goes.
    if (i === STREAM_CHUNKS / 2 && behaviour === 'stall') return;
    response.write(`data: ${i}\n\n`);
    await sleep(CHUNK_EVERY_MS);
  }
  response.end('data: [DONE]\n\n');
}
