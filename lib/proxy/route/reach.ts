import { PROVIDERS } from '#lib/providers/catalog.ts';
import {
  type EndpointUse,
  judgeEndpoint,
  type Mentions,
  type ObjectName,
} from '#lib/providers/endpoints/judge-endpoint.ts';
import type { EndpointTable } from '#lib/providers/endpoints/types.ts';
import type { Base } from '#lib/providers/facts/types.ts';
import { findSurface } from '#lib/providers/route-endpoint.ts';
import type { ProviderAccess } from '../access/store.ts';
import { type OwnAnswer, refuse } from '../errors.ts';

/** What a call that may go to its endpoint does to a provider's objects. */
export type Reach = Mentions & {
  /** The one that the address names: it must be the gateway's. */
  object: ObjectName | null;
  deletes: boolean;
};

const NO_OBJECTS: Reach = { object: null, deletes: false, makings: [], references: [], wanted: new Map() };

/** Parsed once for as long as a provider is remembered. */
const bases = new WeakMap<ProviderAccess, Base>();

function baseOf(provider: ProviderAccess): Base {
  const known = bases.get(provider);
  if (known) return known;
  const url = URL.parse(provider.baseUrl ?? PROVIDERS[provider.kind].baseUrl ?? '');
  const base = { host: url?.host ?? '', path: url?.pathname.replace(/\/$/, '') ?? '' };
  bases.set(provider, base);
  return base;
}

/** What is known of the API that an endpoint belongs to. */
export function endpointsAt(provider: ProviderAccess, endpoint: string): EndpointTable {
  return findSurface(PROVIDERS[provider.kind], baseOf(provider), endpoint).endpoints;
}

/** What a call at a provider's endpoint is. Judged is the path that is sent: parts that both sides write stand there once. */
export function judgeUse(provider: ProviderAccess, method: string, endpoint: string): EndpointUse {
  const base = baseOf(provider);
  const { endpoints, pathOf } = findSurface(PROVIDERS[provider.kind], base, endpoint);
  const path = pathOf(base, endpoint);
  return judgeEndpoint(endpoints, method, path.startsWith(base.path) ? path.slice(base.path.length) : path);
}

const reaches = new WeakMap<EndpointUse, Reach>();

/**
 * What of a provider a call reaches, or why it may not.
 *
 * @param namesModel whether its path or body names a model.
 */
export function readReach(
  provider: ProviderAccess,
  method: string,
  endpoint: string,
  namesModel: boolean,
): OwnAnswer | Reach {
  const use = judgeUse(provider, method, endpoint);
  switch (use.kind) {
    case 'inference':
    case 'object':
      return reachOf(use);
    case 'list':
      return refuseList();
    case 'management':
    case 'unclear':
      return provider.opensManagement ? NO_OBJECTS : refuseManagement();
    case 'unknown':
      return namesModel || provider.opensManagement ? NO_OBJECTS : refuseManagement();
  }
}

/** Those of inference are the same at each call, and made once. */
function reachOf(use: Extract<EndpointUse, { kind: 'inference' | 'object' }>): Reach {
  const known = reaches.get(use);
  if (known) return known;
  const { makings, references, wanted } = use;
  const reach =
    use.kind === 'object'
      ? { makings, references, wanted, object: use.object, deletes: use.does === 'delete' }
      : { makings, references, wanted, object: null, deletes: false };
  reaches.set(use, reach);
  return reach;
}

export function refuseManagement(): OwnAnswer {
  return refuse(
    'endpoint_not_allowed',
    "This endpoint may administer the provider's account, so it is not open to client applications. " +
      'An admin of this gateway can open the management endpoints of a provider.',
  );
}

export function refuseList(): OwnAnswer {
  return refuse(
    'endpoint_not_allowed',
    'A list would show what others made with the same account, so it is not open to client applications. ' +
      'Ask for what you made by its id.',
  );
}
