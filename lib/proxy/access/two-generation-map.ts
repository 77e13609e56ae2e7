/**
 * A map that keeps what was used lately, in bounded memory. New entries go to the young generation; when that is full
 * it becomes the old one, and what was old is forgotten unless it was used since. As good as least-recently-used for
 * this purpose, and a hit in the young generation, the usual case, writes nothing.
 */
export class TwoGenerationMap<Value> {
  readonly #generationSize: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  /** @param capacity the most entries that are kept; at least half as many of the latest are. */
  constructor(capacity: number) {
    this.#generationSize = Math.ceil(capacity / 2);
  }

  get(key: string): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: Value): void {
    if (this.#young.size >= this.#generationSize) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }

  /** Entries held; one that stands in both generations counts twice. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }
}
