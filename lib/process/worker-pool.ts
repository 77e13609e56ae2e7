import cluster from 'node:cluster';
import { type SupervisedProcess, supervise } from './supervise.ts';

/** What a worker sends when it listens. */
export const LISTENING = 'listening';

/** What a worker is sent when the primary wants to know what it has counted. */
export const METRICS_WANTED = 'metrics-wanted';

/**
 * After many streams, whose objects live long, V8 would make those of every later call in the old generation as well,
 * where they are dear to collect: small calls took a fourth more CPU. See docs/decisions/benchmark.md.
 */
export const KEEP_NEW_OBJECTS_YOUNG = '--no-allocation-site-pretenuring';

/**
 * Look-ups of names may take half of these, each for half a minute when a resolver is silent; see
 * `lib/shared-lookups.ts`. Node's own number, 4, leaves too few for others.
 */
const THREADS = '16';

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
  cluster.setupPrimary({ exec: modulePath, execArgv: [...process.execArgv, KEEP_NEW_OBJECTS_YOUNG] });
  const threads = process.env.UV_THREADPOOL_SIZE || THREADS;
  let stillToListen = count;
  const listening = new Promise<void>((resolve) => {
    // Of a worker that listens on a socket of its own, cluster's event 'listening' does not tell.
    cluster.on('message', (_worker, message) => {
      if (message === LISTENING) stillToListen -= 1;
      if (stillToListen === 0) resolve();
    });
  });
  const workers: SupervisedProcess[] = Array.from({ length: count }, () =>
    supervise(() => cluster.fork({ UV_THREADPOOL_SIZE: threads }).process, onRestart),
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
