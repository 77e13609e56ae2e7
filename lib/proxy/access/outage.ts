/** How long a failed read excuses others from trying. */
const EXCUSES_FOR_MS = 250;
/** While one read tries again after a failure, others need not wait for it, for so long. */
const PROBE_LASTS_MS = 5_000;

/** Whether the database is away, as reads of it show. During an outage one request at a time tries it again. */
export class Outage {
  #failedAt = Number.NEGATIVE_INFINITY;
  #probes = 0;

  isOn(): boolean {
    const sinceMs = performance.now() - this.#failedAt;
    return sinceMs < EXCUSES_FOR_MS || (this.#probes > 0 && sinceMs < PROBE_LASTS_MS);
  }

  /** A read begins; one of the three is to be called when it has ended. `giveUp`: the database was not asked. */
  beginProbe(): { succeed(): void; fail(): void; giveUp(): void } {
    this.#probes += 1;
    return {
      succeed: () => {
        this.#probes -= 1;
        this.#failedAt = Number.NEGATIVE_INFINITY;
      },
      fail: () => {
        this.#probes -= 1;
        this.#failedAt = performance.now();
      },
      giveUp: () => {
        this.#probes -= 1;
      },
    };
  }
}
