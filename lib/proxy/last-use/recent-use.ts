import { logger } from '#lib/logger.ts';
import { networkOf } from './network-of.ts';

const FLUSH_EVERY_MS = 10_000;

/** When a gateway was last called; `at` in milliseconds since 1970. */
export type GatewayUse = { gatewayId: string; at: number };

/** The calls with one token since the last batch; `at` and `from` are those of the last. */
export type TokenUse = { tokenId: string; at: number; from: string | null; requests: number };

/** One batch. */
export type Uses = { gateways: readonly GatewayUse[]; tokens: readonly TokenUse[] };

export type WriteUses = (uses: Uses) => Promise<void>;

type PendingToken = { at: number; address: string | undefined; requests: number };

/** When gateways and tokens were last used, kept in memory and written together, so that a call costs no write. */
export class RecentUse {
  readonly #write: WriteUses;
  readonly #canWrite: () => boolean;
  readonly #timer: NodeJS.Timeout;
  #gateways = new Map<string, number>();
  #tokens = new Map<string, PendingToken>();

  /** @param canWrite while it says no, nothing is tried and nothing is lost. */
  constructor(write: WriteUses, canWrite: () => boolean) {
    this.#write = write;
    this.#canWrite = canWrite;
    this.#timer = setInterval(() => canWrite() && this.#flush(), FLUSH_EVERY_MS).unref();
  }

  /**
   * Notes a call that was let in.
   *
   * @param tokenId null at a gateway that asks for none.
   * @param address the client's; undefined where it is not known.
   */
  note(gatewayId: string, tokenId: string | null, address: string | undefined): void {
    const at = Date.now();
    this.#gateways.set(gatewayId, at);
    if (tokenId === null) return;
    const pending = this.#tokens.get(tokenId);
    if (!pending) {
      this.#tokens.set(tokenId, { at, address, requests: 1 });
      return;
    }
    pending.at = at;
    pending.address = address;
    pending.requests += 1;
  }

  /** Writes what is left. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#canWrite()) await this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#gateways.size === 0) return;
    const gateways = [...this.#gateways].map(([gatewayId, at]) => ({ gatewayId, at }));
    const tokens = [...this.#tokens].map(([tokenId, { at, address, requests }]) => {
      return { tokenId, at, from: networkOf(address ?? ''), requests };
    });
    this.#gateways = new Map();
    this.#tokens = new Map();
    // Whether a write that failed was done is not known. A list shows an older time and a smaller count then.
    const failed = (error: unknown) => logger.warn({ err: error }, 'the last use of tokens is not written');
    await this.#write({ gateways, tokens }).catch(failed);
  }
}
