import cluster from 'node:cluster';
import { type SupervisedProcess, supervise } from './supervise.ts';

/** What a worker sends when it listens. */
export const LISTENING = 'listening';

/** What a worker is sent when the primary wants to know what it has counted. */
export const METRICS_WANTED = 'metrics-wanted';

export type WorkerPool = {
  /** Resolves when each worker has listened once. */
  listening: Promise<void>;
  /** Asks all workers to end (SIGTERM), and ends them after `graceMs`. */
  stop(graceMs: number): Promise<void>;
  /** Ends all at once. */
  kill(): void;
};

/**
 * Runs a module in `count` processes that share the addresses they listen on, and starts each again when it ends.
 *
 * @param onRestart is told how a worker ended, before each pause.
 */
export function runWorkers(
  modulePath: string,
  count: number,
  onRestart: (outcome: string, pauseMs: number) => void,
): WorkerPool {
  // Workers accept for themselves; see docs/decisions/workers.md.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  cluster.setupPrimary({ exec: modulePath });
  let stillToListen = count;
  const listening = new Promise<void>((resolve) => {
    // Of a worker that listens on a socket of its own, cluster's event 'listening' does not tell.
    cluster.on('message', (_worker, message) => {
      if (message === LISTENING) stillToListen -= 1;
      if (stillToListen === 0) resolve();
    });
  });
  const workers: SupervisedProcess[] = Array.from({ length: count }, () =>
    supervise(() => cluster.fork().process, onRestart),
  );
  return {
    listening,
    async stop(graceMs) {
      await Promise.all(workers.map((worker) => worker.stop(graceMs)));
    },
    kill() {
      for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGKILL');
    },
  };
}
