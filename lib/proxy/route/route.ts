import type { ProviderAccess } from '../access/store.ts';

/** One upstream that a call may go to. */
export type Candidate = {
  provider: ProviderAccess;
  /** What follows the model, or the whole path where only the body names one; as the client wrote it. */
  endpoint: string;
  /** What `model` in the body becomes; null: it stays as it is. */
  model: string | null;
};

/** How the upstream of a call is found. */
export type Route =
  /** The address names it. `models`: what `model` in the body may be. `takesFile`: whether a file may be the body. */
  | { by: 'address'; candidate: Candidate; models: readonly string[]; takesFile: boolean }
  /** `model` in the body names it. */
  | { by: 'body'; providers: readonly ProviderAccess[]; endpoint: string };
