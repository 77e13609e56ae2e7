import type { EndpointTable } from './types.ts';

/** The endpoints of a server that has both APIs at one address. */
export function mergeEndpoints(one: EndpointTable, other: EndpointTable): EndpointTable {
  return {
    prefixes: [...new Set([...one.prefixes, ...other.prefixes])],
    hasActions: one.hasActions,
    inference: [...one.inference, ...other.inference],
    objects: [...new Set([...one.objects, ...other.objects])],
    management: [...one.management, ...other.management],
    namesModelsBehind: [...one.namesModelsBehind, ...other.namesModelsBehind],
    makings: [...one.makings, ...other.makings],
    references: [...one.references, ...other.references],
  };
}
