import type { EndpointUse, Mentions, ObjectName } from '#lib/providers/endpoints/judge-endpoint.ts';
import type { ProviderAccess } from '../access/store.ts';
import { type OwnAnswer, refuse } from '../errors.ts';

/** What a call that may go to its endpoint does to a provider's objects. */
export type Reach = Mentions & {
  /** The one that the address names: it must be the gateway's. */
  object: ObjectName | null;
  deletes: boolean;
};

const NO_OBJECTS: Reach = { object: null, deletes: false, makings: [], references: [], wanted: new Map() };

const reaches = new WeakMap<EndpointUse, Reach>();

/**
 * What of a provider a call reaches, or why it may not.
 *
 * @param namesModel whether its path or body names a model.
 */
export function judgeReach(provider: ProviderAccess, use: EndpointUse, namesModel: boolean): OwnAnswer | Reach {
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
