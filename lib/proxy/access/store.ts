import type { ProviderKind } from '#lib/providers/catalog.ts';
import type { Eventually } from '../eventually.ts';
import type { WriteUses } from '../last-use/recent-use.ts';

export type AccessQuery = {
  slug: string;
  /** SHA-256 of the authentication token, in hexadecimal; null without one. */
  tokenHash: string | null;
};

/** The provider of a gateway as the data plane needs it. */
export type ProviderAccess = {
  id: string;
  kind: ProviderKind;
  /** Overrides the catalog's. */
  baseUrl: string | null;
  /** The header that carries the key, where the admin chose it; the catalog's otherwise. */
  headerName: string | null;
  /**
   * The provider's key; null when the client brings its own.
   *
   * @throws when it was sealed under a secret that is not configured. Other providers of the gateway still work.
   */
  readKey(): string | null;
  /** Whether tokens may also call what administers the provider's account. */
  opensManagement: boolean;
  /** How long its answers may take to begin, and how long they may pause; null: as the proxy is configured. */
  firstByteTimeoutMs: number | null;
  idleTimeoutMs: number | null;
  models: readonly string[];
};

/** What a request may do, in the order in which it is judged. */
export type Access =
  /** No such gateway, or a disabled one. */
  | { kind: 'gateway_not_found' }
  /** Unknown, deleted, disabled, expired, or another gateway's: told apart nowhere. */
  | { kind: 'token_refused' }
  /** `token` is null at a gateway that asks for no token and got none that is good. */
  | {
      kind: 'granted';
      gatewayId: string;
      /** Whether an object is open to the token that made it only. */
      objectsByToken: boolean;
      token: Pick<TokenRecord, 'id' | 'secretId'> | null;
      providers: readonly ProviderAccess[];
    };

/** Where the data plane learns who may do what. */
export interface AccessStore {
  /** @throws when it cannot be known. The caller must then refuse. */
  findAccess(query: AccessQuery): Eventually<Access>;
  /** What a gateway answers without a token; null where it answers nothing. @throws when it cannot be known. */
  findTokenless(slug: string): Eventually<TokenlessGateway | null>;
  close(): Promise<void>;
}

/** A gateway that is ACTIVE and answers some requests without a token. */
export type TokenlessGateway = {
  /** It asks for none at all. */
  open: boolean;
  /** The web origins whose pages may call it, and so ask before that, without a token; `*` stands for all. */
  corsOrigins: ReadonlySet<string>;
};

/** A gateway that is ACTIVE, with all that it connects to. */
export type GatewayRecord = {
  id: string;
  /** False: it asks for no token. */
  authenticated: boolean;
  objectsByToken: boolean;
  providers: readonly ProviderAccess[];
};

/** A token that is ACTIVE and not expired, as it was found by one of its secrets. */
export type TokenRecord = {
  id: string;
  /** Names the secret, which may end before its token. */
  secretId: string;
  gatewayId: string;
  /** From the moment of the read, by the database's clock; null: never. */
  expiresInMs: number | null;
};

/** The database, as the data plane reads it. What is returned is what is there after the call; all throw when it fails. */
export interface AccessSource {
  /** Null: there is none by this name, or it is disabled. */
  findGateway(slug: string): Promise<GatewayRecord | null>;
  /** Null: unknown, disabled or expired. */
  findToken(tokenHash: string): Promise<TokenRecord | null>;
  /** All gateways that answer some requests without a token, by slug. */
  findTokenlessGateways(): Promise<ReadonlyMap<string, TokenlessGateway>>;
  writeUses: WriteUses;
  close(): Promise<void>;
}
