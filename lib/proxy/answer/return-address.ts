import type { NativeApi } from '#lib/providers/facts/types.ts';

const ADDRESS = /^https?:\/\/[^/?#]+([^?#]*)(\?[^#]*)?$/i;

/**
 * Where a provider's addresses are to a client of the gateway. Some answers name one at which the client goes on, such
 * as that of the second step of an upload; there it would send its token to the provider, who does not know it.
 */
export class ReturnAddress {
  readonly #native: NativeApi;
  readonly #base: { origin: string; path: string };
  readonly #toGateway: (rest: string, query: string) => string;

  /** @param toGateway the client's address for a path below the base, and its query. */
  constructor(
    native: NativeApi,
    base: { origin: string; path: string },
    toGateway: (rest: string, query: string) => string,
  ) {
    this.#native = native;
    this.#base = base;
    this.#toGateway = toGateway;
  }

  /** @param lines names and values in turn. An address that no way leads back from is left out. */
  rewrite(lines: readonly string[]): readonly string[] {
    const { addressHeaders } = this.#native;
    const isAddress = (index: number) => addressHeaders.includes(lines[index - (index % 2)]?.toLowerCase() ?? '');
    if (!lines.some((_, index) => index % 2 === 0 && isAddress(index))) return lines;
    const rewritten: string[] = [];
    for (let index = 0; index < lines.length; index += 2) {
      const [name = '', value = ''] = lines.slice(index, index + 2);
      const address = isAddress(index) ? this.#leadBack(value) : value;
      if (address !== null) rewritten.push(name, address);
    }
    return rewritten;
  }

  /** The path and query keep their bytes; null for another host, or what is not below the base. */
  #leadBack(value: string): string | null {
    const { origin, path } = this.#base;
    const base = path.replace(/\/$/, '');
    const [, rawPath = '', query = ''] = ADDRESS.exec(value) ?? [];
    if (URL.parse(value)?.origin !== origin || !rawPath.startsWith(`${base}/`)) return null;
    const rest = rawPath.slice(base.length);
    return this.#native.read(rest) ? this.#toGateway(rest, query) : null;
  }
}
