import type { Holder } from './arriving-bodies.ts';

/** Who keeps something: gateways, or tokens. */
export class Holders {
  readonly #byId = new Map<string, Holder>();

  /** One more share of theirs is counted from now on; to be taken back with `leave`. */
  join(id: string): Holder {
    const known = this.#byId.get(id);
    if (known) {
      known.shares += 1;
      return known;
    }
    const holder = { id, bytes: 0, shares: 1 };
    this.#byId.set(id, holder);
    return holder;
  }

  leave(holder: Holder): void {
    holder.shares -= 1;
    if (holder.shares === 0) this.#byId.delete(holder.id);
  }

  /** What it would keep with `bytes` more. */
  with(id: string, bytes: number): Holder {
    const { bytes: before = 0, shares = 0 } = this.#byId.get(id) ?? {};
    return { id, bytes: before + bytes, shares };
  }
}
