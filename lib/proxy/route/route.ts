import type { ProviderAccess } from '../access/store.ts';
import type { Candidate } from './candidate.ts';

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

/** What `model` in the body of a call may be, where the address says where it goes; null: it must say it. */
export function modelsOf(route: Exclude<Route, { by: 'object' }>): readonly string[] | 'file' | null {
  return route.by === 'address' ? route.models : null;
}

/** The other keys at the top of its body that matter, by their lower case. */
export function wantedOf(route: Exclude<Route, { by: 'object' }>): ReadonlyMap<string, string> {
  return route.by === 'address' ? route.candidate.reach.wanted : route.wanted;
}
