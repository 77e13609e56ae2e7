import type { OwnAnswer } from '../errors.ts';
import { Arrival, ArrivingBodies, type Holder } from './arriving-bodies.ts';
import { Holders } from './holders.ts';

/** Bodies of the largest size that one process keeps at once. Without a limit, a few clients could fill its memory. */
const LARGEST_BODIES = 8;

/** A tunnel is forgiven; whoever holds room for longer is not on the way. */
const SLOW_AFTER_MS = 60_000;

/** What all requests of this process together may keep of their bodies. */
export class KeptBytes {
  readonly arriving: ArrivingBodies;
  readonly gateways = new Holders();
  readonly tokens = new Holders();
  #free: number;

  /**
   * @param largestBodyBytes that a single request may keep.
   * @param idleLimitMs how long a client may be idle; a slow body is waited for no longer.
   */
  constructor(largestBodyBytes: number, idleLimitMs = SLOW_AFTER_MS) {
    this.#free = LARGEST_BODIES * largestBodyBytes;
    this.arriving = new ArrivingBodies(Math.min(idleLimitMs, SLOW_AFTER_MS));
  }

  get free(): number {
    return this.#free;
  }

  /** The share of one request, nothing yet. */
  openShare(): Share {
    return new Share(this);
  }

  /** False: there is not so much left, and nothing was taken. */
  take(bytes: number): boolean {
    if (bytes > this.#free) return false;
    this.#free -= bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#free += bytes;
  }
}

/** What one request keeps of its body. */
export class Share {
  readonly #of: KeptBytes;
  #gatewayId = '';
  #tokenId = '';
  #bytes = 0;
  /** Null: it came together with its head so far, and needs no counting. */
  #holders: { gateway: Holder; token: Holder } | null = null;
  #arrival: Arrival | null = null;
  #onClosed: (() => void) | null = null;
  #isClosed = false;

  constructor(of: KeptBytes) {
    this.#of = of;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @param tokenId null where the gateway asks for none. */
  belongTo(gatewayId: string, tokenId: string | null): void {
    this.#gatewayId = gatewayId;
    this.#tokenId = tokenId ?? gatewayId;
  }

  /** False: the process keeps as much as it may, or the request is over. */
  take(bytes: number): boolean {
    if (this.#isClosed) return false;
    while (!this.#of.take(bytes)) if (!this.#makeRoom(bytes)) return false;
    this.#count(bytes);
    return true;
  }

  /** These are kept no more. */
  giveBack(bytes: number): void {
    // A request that ended has given everything back already.
    const given = Math.min(bytes, this.#bytes);
    this.#of.giveBack(given);
    this.#count(-given);
  }

  /**
   * The body has to be waited for, and may have to give way to another meanwhile.
   *
   * @param isPaced false: its client waits until it is read.
   * @param refuse ends the reading, with an answer for the client.
   */
  arrive(isPaced: boolean, refuse: (refusal: OwnAnswer) => void): void {
    if (this.#isClosed) return;
    this.arrived();
    const { gateways, tokens, arriving } = this.#of;
    if (!this.#holders) {
      this.#holders = { gateway: gateways.join(this.#gatewayId), token: tokens.join(this.#tokenId) };
      this.#countHolders(this.#bytes);
    }
    this.#arrival = new Arrival({ of: this, ...this.#holders }, isPaced, (refusal) => {
      refuse(refusal);
      this.close();
    });
    arriving.add(this.#arrival);
  }

  /** The body gives way to nobody any more. */
  arrived(): void {
    if (this.#arrival) this.#of.arriving.delete(this.#arrival);
    this.#arrival = null;
  }

  /** What works on the body has nobody to work for then. */
  whenClosed(act: () => void): void {
    this.#onClosed = act;
  }

  /** The request is over, and nothing is kept any more. May be called more than once. */
  close(): void {
    this.#isClosed = true;
    this.arrived();
    this.#onClosed?.();
    this.giveBack(this.#bytes);
    if (!this.#holders) return;
    this.#of.gateways.leave(this.#holders.gateway);
    this.#of.tokens.leave(this.#holders.token);
    this.#holders = null;
  }

  #makeRoom(bytes: number): boolean {
    const { gateways, tokens, arriving } = this.#of;
    const more = this.#holders ? bytes : this.#bytes + bytes;
    const gateway = gateways.with(this.#gatewayId, more);
    const token = tokens.with(this.#tokenId, more);
    return arriving.makeRoom({ of: this, gateway, token });
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    this.#countHolders(bytes);
  }

  #countHolders(bytes: number): void {
    if (!this.#holders) return;
    this.#holders.gateway.bytes += bytes;
    this.#holders.token.bytes += bytes;
  }
}
