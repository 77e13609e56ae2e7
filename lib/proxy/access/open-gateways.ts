import type { Eventually } from '../eventually.ts';
import type { ChangeLog } from '../revocation/change-log.ts';
import type { Trust } from '../revocation/membership.ts';
import type { Outage } from './outage.ts';
import type { AccessSource } from './store.ts';

type Source = Pick<AccessSource, 'findOpenGateways'>;

/** A list of slugs, as it was at a moment of the change log. */
type Reading = { readAt: number; slugs: Promise<ReadonlySet<string>>; arrived: ReadonlySet<string> | null };

/**
 * Which gateways ask for no token. They are few, so all of them are remembered: a request without a good token costs
 * no read of the database, whatever gateway it names.
 */
export class OpenGateways {
  readonly #source: Source;
  readonly #trust: Trust;
  readonly #changes: ChangeLog;
  readonly #outage: Outage;
  #latest: Reading | null = null;

  constructor(source: Source, trust: Trust, changes: ChangeLog, outage: Outage) {
    this.#outage = outage;
    this.#source = source;
    this.#trust = trust;
    this.#changes = changes;
  }

  /** @throws when it must be read and cannot be. */
  has(slug: string): Eventually<boolean> {
    return this.#current()?.arrived?.has(slug) ?? this.#hasWhenRead(slug);
  }

  async #hasWhenRead(slug: string): Promise<boolean> {
    for (;;) {
      const reading = this.#current() ?? this.#read();
      const slugs = await reading.slugs;
      // One that began before a change does not answer after it.
      if (!this.#changes.hasAnyGatewayChangedSince(reading.readAt)) return slugs.has(slug);
    }
  }

  #current(): Reading | null {
    if (!this.#latest || this.#changes.hasAnyGatewayChangedSince(this.#latest.readAt)) return null;
    // While the database is away no gateway is closed or opened, and what was read last is how it is.
    return this.#trust.isTrusted() || this.#outage.isOn() ? this.#latest : null;
  }

  #read(): Reading {
    const reading: Reading = {
      readAt: this.#changes.now,
      slugs: this.#source.findOpenGateways(),
      arrived: null,
    };
    this.#latest = reading;
    reading.slugs.then(
      (slugs) => {
        reading.arrived = slugs;
      },
      () => {
        if (this.#latest === reading) this.#latest = null;
      },
    );
    return reading;
  }
}
