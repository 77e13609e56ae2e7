/** Each is a label value, and so a set of time series: beyond this many the rest are one. */
const MOST_GATEWAYS = 1_000;
const OTHER_GATEWAYS = 'other';

type ByStatus = Map<number, number>;

/** How many calls ended, by gateway, provider and status; in maps, because a joined key for each call costs more. */
export class CallCounts {
  readonly #byGateway = new Map<string, Map<string, ByStatus>>();

  /** @param gateway a name that the gateway knows, or ''. */
  add(gateway: string, provider: string, status: number): void {
    const byProvider = this.#byGateway.get(gateway) ?? this.#addGateway(gateway);
    let byStatus = byProvider.get(provider);
    if (!byStatus) {
      byStatus = new Map();
      byProvider.set(provider, byStatus);
    }
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
  }

  *[Symbol.iterator]() {
    for (const [gateway, byProvider] of this.#byGateway) {
      for (const [provider, byStatus] of byProvider) {
        for (const [status, count] of byStatus) yield { labels: { gateway, provider, status }, count };
      }
    }
  }

  #addGateway(gateway: string): Map<string, ByStatus> {
    const label = this.#byGateway.size < MOST_GATEWAYS ? gateway : OTHER_GATEWAYS;
    const byProvider = this.#byGateway.get(label) ?? new Map<string, ByStatus>();
    this.#byGateway.set(label, byProvider);
    return byProvider;
  }
}
