/** Bodies of the largest size that one process keeps at once. Without a limit, a few clients could fill its memory. */
const LARGEST_BODIES = 8;

/** What all requests of this process together may keep of their bodies. */
export class KeptBytes {
  #free: number;

  /** @param largestBodyBytes that a single request may keep. */
  constructor(largestBodyBytes: number) {
    this.#free = LARGEST_BODIES * largestBodyBytes;
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
}

/** What one request keeps of its body. */
export class Share {
  readonly #of: KeptBytes;
  #bytes = 0;
  #onClosed: (() => void) | null = null;

  constructor(of: KeptBytes) {
    this.#of = of;
  }

  /** False: the process keeps as much as it may. */
  take(bytes: number): boolean {
    if (!this.#of.take(bytes)) return false;
    this.#bytes += bytes;
    return true;
  }

  /** These are kept no more. */
  giveBack(bytes: number): void {
    // A request that ended has given everything back already.
    const given = Math.min(bytes, this.#bytes);
    this.#bytes -= given;
    this.#of.take(-given);
  }

  /** What works on the body has nobody to work for then. */
  whenClosed(act: () => void): void {
    this.#onClosed = act;
  }

  /** The request is over, and nothing is kept any more. May be called more than once. */
  close(): void {
    this.#onClosed?.();
    this.giveBack(this.#bytes);
  }
}
