import type { BodyFacts } from '../body/body-facts.ts';
import type { ErrorCode, OwnAnswer } from '../errors.ts';

/** Where a request goes, as it goes. */
export type Destination = {
  origin: string;
  /** Path and query. */
  path: string;
  /** Names and values in turn. */
  headers: string[];
};

/** A destination that the body chose, and what `model` in the body becomes there. */
export type ChosenDestination = Destination & { model: string };

/** How the destination is found. */
export type Route =
  /** The address names it. `models`: what `model` in the body may be; null: the body is not looked at. */
  | { by: 'address'; destination: Destination; models: readonly string[] | null }
  /** `model` in the body names it. */
  | { by: 'model'; choose(model: string): OwnAnswer | ChosenDestination };

/** A request that may go upstream once its body was judged. */
export type ForwardPlan = {
  kind: 'forward';
  method: string;
  body: BodyFacts;
  route: Route;
  /** What the client is told when the upstream cannot be reached or understood. */
  unreachable: ErrorCode;
  /** What let the request in; null for the console, which judges by itself. */
  access: GrantedAccess | null;
};

/** What let a request in. */
export type GrantedAccess = {
  /** The gateway's. */
  slug: string;
  /** The ids of token and gateway: when one of them is revoked, the call is cut. */
  subjectIds: readonly string[];
};
