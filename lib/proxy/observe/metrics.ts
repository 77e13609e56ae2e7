import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { CallCounts } from './call-counts.ts';
import type { CallRecord } from './call-record.ts';
import { DurationHistogram, type HistogramMetric } from './duration-histogram.ts';

const GATEWAY_BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 2.5];
const FIRST_BYTE_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
const RECEIVE_BUCKETS = [0.001, 0.01, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const CHANGE_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** One worker's metrics as they travel to the primary. */
export type WorkerMetrics = (Awaited<ReturnType<Registry['getMetricsAsJSON']>>[number] | HistogramMetric)[];

/** What one worker counts. `docs/decisions/observability.md` says who may read it. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #calls = new CallCounts();
  readonly #gateway = new DurationHistogram(
    'latchkey_gateway_seconds',
    'Until a call was let in or refused.',
    GATEWAY_BUCKETS,
  );
  readonly #firstByte = new DurationHistogram(
    'latchkey_upstream_first_byte_seconds',
    "From a call's sending to the head of the provider's answer.",
    FIRST_BYTE_BUCKETS,
  );
  readonly #receive = new DurationHistogram(
    'latchkey_receive_seconds',
    "From the head of the provider's answer to its end.",
    RECEIVE_BUCKETS,
  );
  readonly #changes = new Histogram({
    name: 'latchkey_change_seconds',
    help: 'From a change in the database, such as the deletion of a token, to its application by a worker.',
    buckets: CHANGE_BUCKETS,
    registers: [this.#registry],
  });

  constructor() {
    const calls = this.#calls;
    new Counter({
      name: 'latchkey_requests_total',
      help: 'Calls that have ended. `gateway` is empty where the named one is not known to exist.',
      labelNames: ['gateway', 'provider', 'status'] as const,
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const { labels, count } of calls) this.inc(labels, count);
      },
    });
  }

  /** Counts a call that has ended. */
  count(record: CallRecord): void {
    const provider = record.provider ?? '';
    this.#calls.add(record.gatewayExists ? record.slug : '', provider, record.status);
    this.#gateway.observe(provider, record.gatewayMs / 1_000);
    const { firstByteMs, receiveMs } = record;
    if (firstByteMs === null || receiveMs === null) return;
    this.#firstByte.observe(provider, firstByteMs / 1_000);
    this.#receive.observe(provider, receiveMs / 1_000);
  }

  /** Counts a change that was applied, `ageMs` after it was made. */
  countChange(ageMs: number): void {
    this.#changes.observe(ageMs / 1_000);
  }

  watchOpenCalls(read: () => number): void {
    this.#gauge('latchkey_open_requests', 'Calls in progress.', 'sum', read);
  }

  /** @param readAgeMs how long ago the lease was last renewed. */
  watchLease(readAgeMs: () => number): void {
    const help = 'How long ago the lease was renewed, of the worker where that is longest.';
    this.#gauge('latchkey_lease_age_seconds', help, 'max', () => readAgeMs() / 1_000);
  }

  /** @param counts grow, and are read when somebody asks. */
  watchCache(counts: { readonly hits: number; readonly reads: number }): void {
    const registers = [this.#registry];
    new Counter({
      name: 'latchkey_cache_hits_total',
      help: 'Requests whose token and gateway were remembered.',
      registers,
      collect() {
        this.reset();
        this.inc(counts.hits);
      },
    });
    new Counter({
      name: 'latchkey_cache_reads_total',
      help: 'Requests for which the database was asked.',
      registers,
      collect() {
        this.reset();
        this.inc(counts.reads);
      },
    });
  }

  async read(): Promise<WorkerMetrics> {
    const histograms = [this.#gateway, this.#firstByte, this.#receive].map((histogram) => histogram.read());
    return [...(await this.#registry.getMetricsAsJSON()), ...histograms];
  }

  #gauge(name: string, help: string, aggregator: 'sum' | 'max', read: () => number): void {
    const registers = [this.#registry];
    new Gauge({
      name,
      help,
      aggregator,
      registers,
      collect() {
        this.set(read());
      },
    });
  }
}
