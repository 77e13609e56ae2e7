import { once } from 'node:events';
import type { Env } from '#lib/env.ts';
import { logger } from '#lib/logger.ts';
import { showAlive } from '#lib/process/alive.ts';
import { primaryStops } from '#lib/process/stop-request.ts';
import { LISTENING, METRICS_WANTED } from '#lib/process/worker-pool.ts';
import { closeProxyContext, createProxyContext } from '../context.ts';
import { Metrics } from '../observe/metrics.ts';
import { drain } from './drain.ts';
import { createProxyServer } from './server.ts';

const FIRST_LEASE_WITHIN_MS = 1_000;

/** Serves as one of several workers until SIGTERM or the end of the primary, then lets open responses finish. */
export async function serveUntilStopped(env: Env & { DATABASE_URL: string; LATCHKEY_SECRET: string }): Promise<void> {
  const stop = primaryStops();
  const metrics = env.METRICS_PORT === undefined ? null : new Metrics();
  if (metrics) answerPrimary(metrics);
  const context = createProxyContext(env, metrics);
  const server = createProxyServer(context);
  // A stream that is opened before the first lease is cut when that begins. The console does not wait for a database.
  await context.membership.untilHeld(FIRST_LEASE_WITHIN_MS);
  // Linux spreads connections evenly over sockets that share a port. Elsewhere the workers share the primary's socket.
  server.listen({ port: env.PORT, host: env.HOST, reusePort: process.platform === 'linux' });
  await once(server, 'listening');
  process.send?.(LISTENING);
  showAlive();
  await stop;
  context.stopping = true;
  const inTime = await drain(server, env.DRAIN_TIMEOUT_MS);
  if (!inTime) logger.warn({ limitMs: env.DRAIN_TIMEOUT_MS }, 'responses were cut at the drain limit');
  await closeProxyContext(context);
}

/** Answers the primary when it asks what this worker has counted. */
function answerPrimary(metrics: Metrics): void {
  process.on('message', async (message) => {
    if (message === METRICS_WANTED) process.send?.({ metrics: await metrics.read() });
  });
}
