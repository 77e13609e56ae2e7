import path from 'node:path';
import { findFreePort } from '#lib/database/embedded.ts';
import type { Contestant } from '../contestant.ts';
import { startServer } from '../processes/server-process.ts';

const entry = path.resolve(import.meta.dirname, '../../bin/proxy.ts');

/** Latchkey's own proxy, as it is deployed. */
export const contestant: Contestant = {
  name: 'latchkey',
  description: 'bin/proxy.ts, one worker, with its PostgreSQL; a log line a call and metrics',
  prepare: async () => ({ version: `Node ${process.version}` }),
  async start(context) {
    const tenant = await context.tenant();
    const port = await findFreePort();
    const origin = `http://127.0.0.1:${port}`;
    const args = ['--disable-warning=ExperimentalWarning', entry];
    const listens = { HOST: '127.0.0.1', PORT: String(port), METRICS_PORT: String(await findFreePort()) };
    const env = { ...tenant.env, ...listens, PROXY_WORKERS: '1' };
    const logFile = path.join(context.workDir, 'latchkey.log');
    const command = { command: process.execPath, args, env, readyUrl: origin, logFile };
    const { pid, stop } = await startServer(command, context.cleanup);
    return {
      origin,
      path: tenant.path,
      headers: tenant.headers,
      pids: () => [pid],
      databasePids: () => [tenant.databasePid],
      stop,
    };
  },
};
