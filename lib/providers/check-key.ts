import { Agent, request } from 'undici';
import { ForbiddenAddressError, guardedConnector, isAllowlisted } from '#lib/address-guard.ts';
import { PROVIDERS, type ProviderKind } from './catalog.ts';
import { routeEndpoint } from './route-endpoint.ts';

const TIMEOUT_MS = 10_000;

/** What a provider said to a key. `status` is its HTTP status. */
export type KeyCheck =
  | { outcome: 'accepted' | 'refused' | 'otherAnswer'; status: number; milliseconds: number }
  | { outcome: 'forbiddenAddress' | 'unreachable' };

/** A provider as far as calling it needs. `key` is null where none is sent. */
export type CallableProvider = {
  kind: ProviderKind;
  baseUrl: string | null;
  headerName: string | null;
  key: string | null;
};

/**
 * Asks a provider for its list of models with a key: that costs nothing and needs the key. Goes through the same
 * guard as the proxy's calls, follows no redirect, and reads nothing of the answer but its status.
 *
 * @param allowlist `UPSTREAM_ALLOWLIST`.
 */
export async function checkKey(provider: CallableProvider, allowlist: readonly string[]): Promise<KeyCheck> {
  const facts = PROVIDERS[provider.kind];
  const base = new URL(provider.baseUrl ?? facts.baseUrl ?? '');
  if (base.protocol !== 'https:' && !isAllowlisted(allowlist, base)) {
    return { outcome: 'forbiddenAddress' };
  }
  const { path, credential, defaultHeaders } = routeEndpoint(facts, base.pathname, facts.modelsEndpoint);
  const carrier = provider.headerName ? { header: provider.headerName, prefix: '' } : credential;
  const headers = {
    ...defaultHeaders,
    ...(provider.key !== null && { [carrier.header]: carrier.prefix + provider.key }),
  };
  const dispatcher = new Agent({ connect: guardedConnector(allowlist, TIMEOUT_MS) });
  const startedAt = performance.now();
  try {
    const options = { dispatcher, headers, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS };
    const { statusCode: status, body } = await request(base.origin + path, options);
    body.on('error', () => {}).destroy();
    return { outcome: judge(status), status, milliseconds: Math.round(performance.now() - startedAt) };
  } catch (error) {
    return { outcome: error instanceof ForbiddenAddressError ? 'forbiddenAddress' : 'unreachable' };
  } finally {
    await dispatcher.destroy();
  }
}

function judge(status: number): 'accepted' | 'refused' | 'otherAnswer' {
  if (status >= 200 && status < 300) return 'accepted';
  return status === 401 || status === 403 ? 'refused' : 'otherAnswer';
}
