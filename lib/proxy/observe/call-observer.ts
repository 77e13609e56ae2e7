import type { HeaderLines } from '../headers/header-lines.ts';
import { logCall } from './call-log.ts';
import { CallRecord } from './call-record.ts';
import type { Metrics } from './metrics.ts';

/** Told of each call of a gateway, when it begins and when it has ended. */
export class CallObserver {
  /** Calls in progress. */
  open = 0;
  readonly #metrics: Metrics | null;

  /** @param metrics null where nobody collects them. */
  constructor(metrics: Metrics | null) {
    this.#metrics = metrics;
    metrics?.watchOpenCalls(() => this.open);
  }

  begin(method: string, slug: string, headers: HeaderLines, client: string | undefined): CallRecord {
    this.open += 1;
    return new CallRecord(method, slug, headers, client);
  }

  /**
   * Only the first time counts.
   *
   * @param whole whether the client was sent all of its answer.
   */
  end(record: CallRecord, whole: boolean): void {
    if (record.endedAt > 0) return;
    this.open -= 1;
    record.close(whole);
    this.#metrics?.count(record);
    logCall(record);
  }
}
