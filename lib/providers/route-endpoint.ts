import type { CredentialHeader, ProviderFacts, Surface } from './facts/types.ts';

/** Where an endpoint of a provider is, and how it is called. */
export type EndpointRoute = {
  /** Path without query; begins with `/`. */
  path: string;
  credential: CredentialHeader;
  defaultHeaders: Record<string, string>;
};

/** A version at the end of a base path, such as `/v1` or `/v1beta/openai`. */
const VERSIONED = /\/v1(?:(?:alpha|beta)\/openai)?$/;

/** The API that an endpoint belongs to. */
export function findSurface(facts: ProviderFacts, endpoint: string): Surface {
  return facts.surfaces.find(({ matches }) => matches(endpoint)) ?? facts.surfaces[0];
}

/**
 * Finds the path for an endpoint. SDKs differ in whether their base URL or their paths begin with `/v1`, so a leading
 * `/v1` that both have is not doubled.
 *
 * @param basePath path of the base URL, with or without a trailing slash.
 * @param endpoint what follows the model in the gateway's path; empty or beginning with `/`.
 */
export function routeEndpoint(facts: ProviderFacts, basePath: string, endpoint: string): EndpointRoute {
  const surface = findSurface(facts, endpoint);
  const base = basePath.replace(/\/$/, '') + surface.basePath;
  const rest = VERSIONED.test(base) ? endpoint.replace(/^\/v1(?=\/|$)/, '') : endpoint;
  return {
    path: base + rest || '/',
    credential: surface.credential,
    defaultHeaders: surface.defaultHeaders,
  };
}
