import type { ProviderAccess } from '../access/store.ts';
import type { Reach } from './reach.ts';

/** One upstream that a call may go to. */
export type Candidate = {
  provider: ProviderAccess;
  /** What follows the model, or the whole path where only the body names one; as the client wrote it. */
  endpoint: string;
  /** What `model` in the body becomes; null: it stays as it is. */
  model: string | null;
  reach: Reach;
  /** Whether the provider is asked for an answer without compression, which is looked into. */
  plainAnswer: boolean;
};

/** How the upstream of a call is found. */
export type Route =
  /** The address names it. `models`: what `model` in the body may be; `file`: the body is a file, and has none. */
  | { by: 'address'; candidate: Candidate; models: readonly string[] | 'file' }
  /** `model` in the body names it. */
  | {
      by: 'body';
      providers: readonly ProviderAccess[];
      /** Whether it is of the form `provider/model`; otherwise the address has said the only one of `providers`. */
      namesProvider: boolean;
      endpoint: string;
      method: string;
      /** The keys at the top of the body that matter at any of them, by their lower case. */
      wanted: ReadonlyMap<string, string>;
    }
  /** The object in the address was made at one of these providers. */
  | { by: 'object'; candidates: readonly Candidate[] };
