import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import { z } from 'zod';
import { METRICS_WANTED } from '#lib/process/worker-pool.ts';
import type { WorkerMetrics } from '#lib/proxy/observe/metrics.ts';

/** A worker that is busy for longer is counted as it was when it last answered. */
const ANSWER_WITHIN_MS = 1_000;

/** Kinds of metrics that only grow; what a gauge shows ends with its worker. */
const LASTING: ReadonlySet<string> = new Set(['counter', 'histogram']);

const reportSchema = z.object({ metrics: z.custom<WorkerMetrics>(Array.isArray) });

/**
 * What the workers have counted. What a worker had counted when it was last asked outlives it: a sum that became
 * smaller would look to Prometheus like everything happening again.
 */
export class WorkerReports {
  readonly #latest = new Map<number, WorkerMetrics>();
  readonly #waiting = new Map<number, () => void>();
  /** Of all workers that have ended, added up. */
  #departed: Promise<WorkerMetrics> = Promise.resolve([]);

  constructor() {
    cluster.on('message', (worker, message) => {
      const report = reportSchema.safeParse(message);
      if (!report.success) return;
      this.#latest.set(worker.id, report.data.metrics);
      this.#waiting.get(worker.id)?.();
    });
    cluster.on('exit', (worker) => this.#keep(worker));
  }

  /** One set of metrics for each worker, and one for those that have ended. */
  async collect(): Promise<WorkerMetrics[]> {
    await Promise.all(Object.values(cluster.workers ?? {}).map((worker) => worker && this.#ask(worker)));
    return [await this.#departed, ...this.#latest.values()];
  }

  #ask(worker: Worker): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, ANSWER_WITHIN_MS);
      this.#waiting.set(worker.id, done);
      // One that is ending has no channel any more.
      worker.send(METRICS_WANTED, (error: Error | null) => error && done());
    });
  }

  #keep(worker: Worker): void {
    const counted = this.#latest.get(worker.id)?.filter(({ type }) => LASTING.has(String(type)));
    this.#latest.delete(worker.id);
    this.#waiting.get(worker.id)?.();
    this.#waiting.delete(worker.id);
    if (!counted) return;
    this.#departed = this.#departed.then((departed) =>
      AggregatorRegistry.aggregate([departed, counted]).getMetricsAsJSON(),
    );
  }
}
