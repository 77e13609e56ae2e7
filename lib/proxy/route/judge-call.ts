import { PROVIDERS } from '#lib/providers/catalog.ts';
import { decodeName } from '#lib/providers/decode-name.ts';
import { type EndpointUse, judgeEndpoint } from '#lib/providers/endpoints/judge-endpoint.ts';
import type { EndpointTable } from '#lib/providers/endpoints/types.ts';
import { type EndpointRoute, routeEndpoint } from '#lib/providers/route-endpoint.ts';
import type { ProviderAccess } from '../access/store.ts';

/** What a call at an endpoint of a provider does there, and where that is: what is judged is what is sent. */
export type JudgedCall = {
  use: EndpointUse;
  address: EndpointRoute;
  /** The models that its path names behind a word of the API, decoded. */
  names: readonly string[];
};

/** What is worked out once for as long as a provider is remembered. */
type Known = {
  base: { host: string; path: string };
  /** By endpoint, of each method. */
  calls: Map<string, Map<string, JudgedCall>>;
};

const known = new WeakMap<ProviderAccess, Known>();

/** Endpoints without ids are called again and again; of the others there is no end. */
const MOST_REMEMBERED = 500;

/** @param endpoint as the client wrote it. */
export function judgeCall(provider: ProviderAccess, method: string, endpoint: string): JudgedCall {
  const { base, calls } = knownOf(provider);
  const ofMethod = calls.get(method) ?? new Map<string, JudgedCall>();
  const remembered = ofMethod.get(endpoint);
  if (remembered) return remembered;
  const address = routeEndpoint(PROVIDERS[provider.kind], base, endpoint);
  const { path, endpoints } = address;
  const below = path.startsWith(base.path) ? path.slice(base.path.length) : path;
  const use = judgeEndpoint(endpoints, method, below);
  const judged = { use, address, names: namesIn(below, endpoints) };
  if (use.kind === 'inference' && ofMethod.size < MOST_REMEMBERED) {
    ofMethod.set(endpoint, judged);
    calls.set(method, ofMethod);
  }
  return judged;
}

function namesIn(path: string, { namesModelsBehind }: EndpointTable): string[] {
  const segments = path.split('/').filter((segment) => segment !== '');
  return segments.flatMap((segment, index) => {
    const before = segments[index - 1];
    const isName = before !== undefined && namesModelsBehind.includes(decodeName(before).toLowerCase());
    return isName ? [decodeName(segment)] : [];
  });
}

function knownOf(provider: ProviderAccess): Known {
  const found = known.get(provider);
  if (found) return found;
  const url = URL.parse(provider.baseUrl ?? PROVIDERS[provider.kind].baseUrl ?? '');
  const base = { host: url?.host ?? '', path: url?.pathname.replace(/\/$/, '') ?? '' };
  const made = { base, calls: new Map() };
  known.set(provider, made);
  return made;
}
