import type { ProviderKind } from '#lib/providers/catalog.ts';

export type AccessQuery = {
  slug: string;
  /** SHA-256 of the authentication token. */
  tokenHash: Buffer;
  /** Null when the path names no provider that exists; gateway and token are still to be judged. */
  providerKind: ProviderKind | null;
};

/** The provider of a gateway as the data plane needs it. */
export type ProviderAccess = {
  id: string;
  kind: ProviderKind;
  /** Overrides the catalog's. */
  baseUrl: string | null;
  /** The header that carries the key, where the admin chose it; the catalog's otherwise. */
  headerName: string | null;
  /** The provider's key, decrypted; null when the client brings its own. */
  key: string | null;
  models: readonly string[];
};

/** What a request may do, in the order in which it is judged. */
export type Access =
  /** No such gateway, or a disabled one. */
  | { kind: 'gateway_not_found' }
  /** Unknown, deleted, disabled, expired, or another gateway's: told apart nowhere. */
  | { kind: 'token_refused' }
  | { kind: 'granted'; gatewayId: string; tokenId: string; provider: ProviderAccess | null };

/** Where the data plane learns who may do what. A cache stands in front of another store by implementing this. */
export interface AccessStore {
  /** @throws when it cannot be known. The caller must then refuse. */
  findAccess(query: AccessQuery): Promise<Access>;
  close(): Promise<void>;
}
