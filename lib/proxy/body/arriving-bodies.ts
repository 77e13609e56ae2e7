import { type OwnAnswer, refuse } from '../errors.ts';

const TICK_MS = 1_000;

/** A body that comes more slowly is not waited for: as Apache has it (`MinRate` of `mod_reqtimeout`). */
const LEAST_BYTES_PER_SECOND = 500;

/** What a gateway or a token keeps, of bodies that did not come together with their heads. */
export type Holder = { readonly id: string; bytes: number; shares: number };

/** What is kept of a body, and for whom. */
export type Kept = { readonly of: { readonly bytes: number }; readonly gateway: Holder; readonly token: Holder };

/**
 * A body on its way in. How fast it comes is looked at once a second and costs its chunks nothing; seconds are counted
 * in looks, so that a worker that slept does not take its own sleep for its clients'.
 */
export class Arrival {
  readonly kept: Kept;
  /** False: it comes at the pace of whoever takes it, and is never said to be slow. */
  readonly #isPaced: boolean;
  readonly #giveWay: (refusal: OwnAnswer) => void;
  #ticks = 0;
  #bytesAtTick = 0;
  #bytesInLastSecond = 0;
  #bytesAtWindow = 0;

  /** @param giveWay has the body refused; it keeps nothing afterwards. */
  constructor(kept: Kept, isPaced: boolean, giveWay: (refusal: OwnAnswer) => void) {
    this.kept = kept;
    this.#isPaced = isPaced;
    this.#giveWay = giveWay;
  }

  giveWay(refusal: OwnAnswer): void {
    this.#giveWay(refusal);
  }

  get bytes(): number {
    return this.kept.of.bytes;
  }

  /** In how many seconds, at its pace of now, it would bring again what is kept of it. */
  get slowness(): number {
    return this.#isPaced ? this.bytes / (this.#recentBytes + 1) : 0;
  }

  /** Whether as good as nothing has come for a second and more. */
  get isStalled(): boolean {
    return this.#isPaced && this.#ticks > 1 && this.#recentBytes < LEAST_BYTES_PER_SECOND;
  }

  /** Of the last second or two. */
  get #recentBytes(): number {
    return this.bytes - this.#bytesAtTick + this.#bytesInLastSecond;
  }

  /** A second has passed. @returns whether it was too slow in each of the last `windowTicks`, taken together. */
  tick(windowTicks: number): boolean {
    const { bytes } = this;
    this.#bytesInLastSecond = bytes - this.#bytesAtTick;
    this.#bytesAtTick = bytes;
    // The first second was not a whole one.
    const isWindow = this.#ticks > 0 && this.#ticks % windowTicks === 0;
    this.#ticks += 1;
    if (!isWindow) return false;
    const came = bytes - this.#bytesAtWindow;
    this.#bytesAtWindow = bytes;
    return this.#isPaced && came < windowTicks * LEAST_BYTES_PER_SECOND;
  }
}

/** The bodies of this process that are on their way in: which of them gives way to another, and which are too slow. */
export class ArrivingBodies {
  readonly #arrivals = new Set<Arrival>();
  readonly #windowTicks: number;
  #timer: NodeJS.Timeout | null = null;

  /** @param slowAfterMs a body that is slower than the least rate for so long is refused. */
  constructor(slowAfterMs: number) {
    this.#windowTicks = Math.max(1, Math.round(slowAfterMs / TICK_MS));
  }

  add(arrival: Arrival): void {
    this.#arrivals.add(arrival);
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS).unref();
  }

  delete(arrival: Arrival): void {
    this.#arrivals.delete(arrival);
  }

  /**
   * Makes room for somebody who would keep less than others do: the gateway that keeps most gives way, in it the token
   * that keeps most, and of that the slowest body. A token's own bodies give way only when they are stalled; otherwise
   * none of many that come at the same pace would ever be whole.
   *
   * @param asker what it would keep then.
   * @returns whether there was one to give way.
   */
  makeRoom(asker: Kept): boolean {
    let first: Arrival | null = null;
    for (const arrival of this.#arrivals) {
      if (yieldsTo(arrival, asker) && (first === null || goesBefore(arrival, first))) first = arrival;
    }
    first?.giveWay(refuse('overloaded'));
    return first !== null;
  }

  #tick(): void {
    for (const arrival of this.#arrivals) {
      if (arrival.tick(this.#windowTicks)) arrival.giveWay(refuse('request_timeout'));
    }
    if (this.#arrivals.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
}

function yieldsTo(arrival: Arrival, asker: Kept): boolean {
  const { kept } = arrival;
  if (arrival.bytes === 0 || kept.of === asker.of) return false;
  if (kept.gateway.id !== asker.gateway.id) return kept.gateway.bytes > asker.gateway.bytes;
  if (kept.token.id !== asker.token.id) return kept.token.bytes > asker.token.bytes;
  return arrival.isStalled;
}

function goesBefore(arrival: Arrival, other: Arrival): boolean {
  const [mine, others] = [arrival.kept, other.kept];
  if (mine.gateway.bytes !== others.gateway.bytes) return mine.gateway.bytes > others.gateway.bytes;
  if (mine.token.bytes !== others.token.bytes) return mine.token.bytes > others.token.bytes;
  return arrival.slowness > other.slowness;
}
