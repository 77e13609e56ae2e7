import type { Eventually } from '../eventually.ts';
import type { ChangeLog } from '../revocation/change-log.ts';
import type { Trust } from '../revocation/membership.ts';
import type { Outage } from './outage.ts';
import type { AccessSource, TokenlessGateway } from './store.ts';

type Source = Pick<AccessSource, 'findTokenlessGateways'>;

type BySlug = ReadonlyMap<string, TokenlessGateway>;

/** The list, as it was at a moment of the change log, or as it is being read since. */
type Reading<Gateways extends BySlug | Promise<BySlug>> = { readAt: number; gateways: Gateways };

/**
 * The gateways that answer some requests without a token. They are few, so all of them are remembered: a request
 * without a good token costs no read of the database, whatever gateway it names.
 */
export class TokenlessGateways {
  readonly #source: Source;
  readonly #trust: Trust;
  readonly #changes: ChangeLog;
  readonly #outage: Outage;
  #latest: Reading<BySlug> | null = null;
  #underWay: Reading<Promise<BySlug>> | null = null;

  constructor(source: Source, trust: Trust, changes: ChangeLog, outage: Outage) {
    this.#outage = outage;
    this.#source = source;
    this.#trust = trust;
    this.#changes = changes;
  }

  /** @throws when it must be read and cannot be. */
  find(slug: string): Eventually<TokenlessGateway | null> {
    const known = this.#current(this.#latest);
    return known ? (known.gateways.get(slug) ?? null) : this.#findWhenRead(slug);
  }

  async #findWhenRead(slug: string): Promise<TokenlessGateway | null> {
    for (;;) {
      const { readAt, gateways } = this.#current(this.#underWay) ?? this.#read();
      const found = (await gateways).get(slug) ?? null;
      // One that began before a change does not answer after it.
      if (!this.#changes.hasAnyGatewayChangedSince(readAt)) return found;
    }
  }

  #current<Gateways extends BySlug | Promise<BySlug>>(reading: Reading<Gateways> | null): Reading<Gateways> | null {
    if (!reading || this.#changes.hasAnyGatewayChangedSince(reading.readAt)) return null;
    // While the database is away no gateway is changed, and what was read last is how it is.
    return this.#trust.isTrusted() || this.#outage.isOn() ? reading : null;
  }

  #read(): Reading<Promise<BySlug>> {
    const reading = { readAt: this.#changes.now, gateways: this.#source.findTokenlessGateways() };
    this.#underWay = reading;
    const end = (gateways: BySlug | null) => {
      if (this.#underWay !== reading) return;
      this.#underWay = null;
      if (gateways) this.#latest = { readAt: reading.readAt, gateways };
    };
    reading.gateways.then(end, () => end(null));
    return reading;
  }
}
