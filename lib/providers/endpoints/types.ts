/**
 * The endpoints of one API, by what a token may do with them. Paths are written without version and outer slashes;
 * `{model}` and `{id}` stand for one segment, `**` for all that follows, and an action such as `:generateContent` for a
 * segment of its own; `:*` is any action.
 */
export type EndpointTable = {
  /** First segments that say the version or the API, which clients and base URLs add or leave out. Lower case. */
  prefixes: readonly string[];
  /** Whether the last segment may end in an action, as in Google's APIs (https://google.aip.dev/136). */
  hasActions: boolean;
  /** Method and path of what models answer, and of what says which models there are: open to every token. */
  inference: readonly string[];
  /** The collections of what clients make and come back to: `files` stands for `files/{id}` and all below it, too. */
  objects: readonly string[];
  /** What belongs to whoever pays: refused with all that is below it. With a method: that call alone. */
  management: readonly string[];
  /** Segments behind which a model's name stands, wherever in a path. Lower case. */
  namesModelsBehind: readonly string[];
  makings: readonly Making[];
  references: readonly Reference[];
};

/** A call whose answer names an object that the caller may come back to. */
export type Making = {
  /** Method and path. */
  call: string;
  /** One of `objects`. */
  collection: string;
  /** Where in the answer its id is: keys joined by dots, `*` for each of a list. */
  at: string;
  /** Where it is in the event of a stream that tells it; undefined where it is not streamed. */
  streamedAt?: string;
  /** For an API that keeps only what it is asked to keep, or all but that: what `store` in the body is by default. */
  storesByDefault?: boolean;
};

/** A call whose body names objects: by a text, an object with `inner`, or a list of either. */
export type Reference = {
  /** Method and path. */
  call: string;
  /** At the top of the body. */
  key: string;
  /** One of `objects`. */
  collection: string;
  /** The key of the id where the value is an object; `id` where that is not said. */
  inner?: string;
};
