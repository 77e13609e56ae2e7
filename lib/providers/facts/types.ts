import type { EndpointTable } from '../endpoints/types.ts';

/** A header that carries a provider's key, and how the key stands in it. */
export type CredentialHeader = { header: string; prefix: string };

/** One API of a provider: which endpoints are its, where they are, and how it is called. */
export type Surface = {
  /** Whether an endpoint (what follows the model, beginning with `/`) belongs to it. */
  matches: (endpoint: string) => boolean;
  /** What comes between the base URL and the endpoint; empty or beginning with `/`. */
  basePath: string;
  /** What of it a token may reach. */
  endpoints: EndpointTable;
  credential: CredentialHeader;
  /** Headers that the API wants, for clients that do not send them. Names in lower case. */
  defaultHeaders: Record<string, string>;
};

/** What is known of a provider beforehand. */
export type ProviderFacts = {
  /** As the provider writes its own name. */
  label: string;
  /** Without a trailing slash; null where the admin gives it. */
  baseUrl: string | null;
  /** Where an admin gets a key; null where there is no such page. */
  keyPage: string | null;
  /** Names offered when a gateway is connected; others can be typed. */
  models: readonly string[];
  /** Lists what a key may use, with GET; as an endpoint of `surfaces`. */
  modelsEndpoint: string;
  /** The first that matches an endpoint counts; the last matches all. */
  surfaces: readonly [...Surface[], Surface];
};

export const BEARER: CredentialHeader = { header: 'authorization', prefix: 'Bearer ' };
