import type { EndpointTable } from '../endpoints/types.ts';

/** Where a provider's addresses begin. */
export type Base = {
  /** With its port. */
  host: string;
  /** Without a trailing slash: empty for a bare origin. */
  path: string;
};

/** A request as far as a credential may depend on it: a signature covers more than a key. */
export type CalledRequest = {
  method: string;
  origin: string;
  /** With its query. */
  path: string;
};

/** How a key is shown to a provider. */
export type Credential = {
  /** As documentation writes it, such as `authorization: Bearer …`. */
  shown: string;
  /** The header lines that carry a key with one request. Names in lower case. */
  sign: (key: string, request: CalledRequest) => Readonly<Record<string, string>>;
};

/** Whose requests and answers an API has. */
export type ApiStyle = 'openai' | 'anthropic' | 'google';

/** One API of a provider: which endpoints are its, where they are, and how it is called. */
export type Surface = {
  style: ApiStyle;
  /** Whether an endpoint (what follows the model, empty or beginning with `/`) belongs to it. */
  matches: (endpoint: string, base: Base) => boolean;
  /** Where an endpoint is, as a path without query. */
  pathOf: (base: Base, endpoint: string) => string;
  /** What of it a token may reach. */
  endpoints: EndpointTable;
  credential: Credential;
  /** Headers that the API wants, for clients that do not send them. Names in lower case. */
  defaultHeaders: Record<string, string>;
};

/** What an address is for that an API of the provider has itself, whether or not a model stands before it. */
export type NativeAddress = {
  /** The models that it names, decoded. */
  models: readonly string[];
  /** Whether it asks which models there are, or about the one that it names; a call otherwise. */
  asks: 'models' | 'model' | null;
  /** Whether a body there is a file, whatever it looks like. */
  takesFiles: boolean;
};

/** An API that has addresses of its own, with models in them. */
export type NativeApi = {
  /** @returns null for a path that is not this API's. @param path what follows the provider or a model. */
  read: (path: string) => NativeAddress | null;
  /** Whether a path of a gateway, with no provider before it, can only be this API's. */
  ownsAtRoot: (path: string) => boolean;
  /** How a body may write a model's name. */
  namesOf: (model: string) => readonly string[];
  /** The answers to what is asked about models, for those that a gateway has. */
  listModels: (models: readonly string[]) => object;
  describeModel: (model: string) => object;
  /** Headers of answers that hold an address of the provider at which the client goes on. Lower case. */
  addressHeaders: readonly string[];
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
  /** Query parameters that are a credential or name who pays: a client's own go no further beside a stored key. */
  credentialParameters?: readonly string[];
  /** The first that matches an endpoint counts; the last matches all. */
  surfaces: readonly [...Surface[], Surface];
  /** Undefined where every address has a model before it. */
  native?: NativeApi;
};
