import { ConfigurationError, type serverEnv } from '#lib/env.ts';
import { logger } from '#lib/logger.ts';
import { endSilentWorkers } from '#lib/process/alive.ts';
import { stopRequested } from '#lib/process/stop-request.ts';
import { runWorkers } from '#lib/process/worker-pool.ts';
import { openKeyRing } from '#lib/providers/key-ring.ts';
import { assertKeysOpen } from './check-secret.ts';
import { serveMetrics } from './metrics-server.ts';
import { assertCanListen } from './preflight.ts';
import { WorkerReports } from './worker-reports.ts';

/** On top of the time that open requests have, for a worker to write down what it has noted and to leave. */
const LEAVE_MS = 3_000;

type ServerEnv = ReturnType<typeof serverEnv>;

/**
 * Runs the proxy's workers until this process is asked to stop, then lets open responses finish.
 *
 * @param workerPath the module that each worker runs.
 * @throws AppError `cannot_start` when the port cannot be opened; ConfigurationError when the secret is not the one that
 *   the stored keys are sealed under.
 */
export async function runProxy(env: ServerEnv, workerPath: string): Promise<void> {
  const { PORT: port, HOST: host, PROXY_WORKERS: count } = env;
  // A worker that cannot listen would be started again and again, and on Linux two proxies could share a port.
  await assertCanListen(port, host);
  await checkSecret(env);
  if (env.METRICS_PORT !== undefined) {
    await serveMetrics(env.METRICS_PORT, env.METRICS_HOST, new WorkerReports());
  }
  const workers = runWorkers(workerPath, count, (outcome, pauseMs) => {
    logger.error({ outcome, pauseMs }, 'a proxy worker ended by itself; it starts again');
  });
  endSilentWorkers((pid) => logger.error({ pid }, 'a proxy worker does not answer; it is ended'));
  workers.listening.then(() => {
    logger.info({ host, port, workers: count }, 'proxy listening');
    process.send?.('listening');
  });
  await stopRequested(() => {
    workers.kill();
    process.exit(1);
  });
  await workers.stop(env.DRAIN_TIMEOUT_MS + LEAVE_MS);
}

/** Says early what is wrong with the database, but goes on: workers wait for one that is away. */
async function checkSecret({ DATABASE_URL, LATCHKEY_SECRET, LATCHKEY_SECRET_PREVIOUS }: ServerEnv): Promise<void> {
  try {
    await assertKeysOpen(DATABASE_URL, openKeyRing(LATCHKEY_SECRET, LATCHKEY_SECRET_PREVIOUS));
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    logger.warn({ err: error }, 'the database cannot be read; until it can, tokens cannot be verified');
  }
}
