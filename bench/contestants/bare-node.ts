import path from 'node:path';
import { findFreePort } from '#lib/database/embedded.ts';
import { KEEP_NEW_OBJECTS_YOUNG } from '#lib/process/worker-pool.ts';
import type { Contestant } from '../contestant.ts';
import { startServer } from '../processes/server-process.ts';
import { PROVIDER_KEY } from '../wire/payloads.ts';

const entry = path.resolve(import.meta.dirname, '../bare/main.ts');

/** The floor for a proxy on Node. */
export const contestant: Contestant = {
  name: 'bare-node',
  description: "Node's HTTP server and undici, a swapped header and nothing else; it checks no token",
  prepare: async () => ({ version: `Node ${process.version}` }),
  async start({ upstreamOrigin, workDir, cleanup }) {
    const port = await findFreePort();
    const origin = `http://127.0.0.1:${port}`;
    const env = { PORT: String(port), UPSTREAM_ORIGIN: upstreamOrigin, AUTHORIZATION: `Bearer ${PROVIDER_KEY}` };
    const args = ['--disable-warning=ExperimentalWarning', KEEP_NEW_OBJECTS_YOUNG, entry];
    const logFile = path.join(workDir, 'bare-node.log');
    const { pid, stop } = await startServer(
      { command: process.execPath, args, env, readyUrl: origin, logFile },
      cleanup,
    );
    return {
      origin,
      path: '/v1/chat/completions',
      headers: (credential) => (credential === 'valid' ? { authorization: 'Bearer anything' } : null),
      pids: () => [pid],
      stop,
    };
  },
};
