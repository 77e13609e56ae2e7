import { logger } from '#lib/logger.ts';

const FLUSH_EVERY_MS = 10_000;

/** Writes down when gateways were last called: `at` in milliseconds since 1970. */
export type WriteLastRequests = (requests: readonly { gatewayId: string; at: number }[]) => Promise<void>;

/** When each gateway was last called, kept in memory and written together, so that a call costs no write. */
export class LastRequests {
  readonly #write: WriteLastRequests;
  readonly #timer: NodeJS.Timeout;
  #pending = new Map<string, number>();

  constructor(write: WriteLastRequests) {
    this.#write = write;
    this.#timer = setInterval(() => this.#flush(), FLUSH_EVERY_MS).unref();
  }

  note(gatewayId: string): void {
    this.#pending.set(gatewayId, Date.now());
  }

  /** Writes what is left. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#pending.size === 0) return;
    const requests = [...this.#pending].map(([gatewayId, at]) => ({ gatewayId, at }));
    this.#pending = new Map();
    // For a while a list shows an older time then, and that is all.
    await this.#write(requests).catch((error: unknown) => logger.warn({ err: error }, 'last requests are not written'));
  }
}
