import type { Base, ProviderFacts, Surface } from './facts/types.ts';

/** Where an endpoint of a provider is, and how it is called. */
export type EndpointRoute = Pick<Surface, 'style' | 'credential' | 'defaultHeaders' | 'endpoints'> & {
  /** Path without query; begins with `/`. */
  path: string;
};

/**
 * Finds the path for an endpoint. SDKs differ in whether their base URL or their paths hold the version, or the whole
 * of a provider's path: what both have stands there once.
 *
 * @param base its path with or without a trailing slash.
 * @param endpoint what follows the model in the gateway's path; empty or beginning with `/`.
 */
export function routeEndpoint(facts: ProviderFacts, { host, path }: Base, endpoint: string): EndpointRoute {
  const base = { host, path: path.replace(/\/$/, '') };
  const surface = facts.surfaces.find(({ matches }) => matches(endpoint, base)) ?? facts.surfaces[0];
  const { style, credential, defaultHeaders, endpoints } = surface;
  return { path: surface.pathOf(base, endpoint) || '/', style, credential, defaultHeaders, endpoints };
}
