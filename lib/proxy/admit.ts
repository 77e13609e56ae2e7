import { logger } from '#lib/logger.ts';
import { isProviderKind } from '#lib/providers/catalog.ts';
import { hashToken } from '#lib/tokens/secret.ts';
import { readBodyFacts } from './body-facts.ts';
import { readCredential } from './credentials.ts';
import { decide, type ForwardPlan, splitProvider } from './decide.ts';
import { isRefusal, type Refusal, refuse, refuseToken } from './errors.ts';
import type { HeaderLines } from './header-lines.ts';
import type { ProxySettings } from './settings.ts';
import type { Access, AccessStore } from './store.ts';
import type { GatewayTarget } from './target.ts';
import { cameThroughUs } from './via.ts';

/** What API calls use. The rest is of no use to a provider's API, and TRACE would echo the provider's key. */
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/**
 * Decides over a request to a gateway from its head and the store: the one way in, for every transport. Cheap checks
 * come first, so that refusing costs less than serving and nothing malformed reaches the database.
 */
export async function admit(
  method: string,
  target: GatewayTarget,
  headers: HeaderLines,
  store: AccessStore,
  settings: ProxySettings,
): Promise<Refusal | ForwardPlan> {
  // RFC 9110 §15.5.6 wants `Allow`.
  if (!METHODS.includes(method)) return refuse('method_not_allowed', undefined, ['allow', METHODS.join(', ')]);
  const body = readBodyFacts(headers);
  if (isRefusal(body)) return body;
  if (cameThroughUs(headers, settings.viaName)) return refuse('loop_detected');

  const credential = readCredential(headers);
  if (credential.kind === 'refusal') return credential;
  if (credential.kind === 'missing') return refuseToken(target.slug, 'missing_authentication_token');
  if (credential.kind === 'invalid') return refuseToken(target.slug, 'invalid_authentication_token');

  const access = await findAccess(store, target, credential.token);
  // An outage is not the token's fault: a 401 would make clients throw good tokens away.
  if (!access) return refuse('authentication_unavailable');
  return decide({ method, target, headers, body, carrier: credential.carrier }, access, settings);
}

/** Null when the store or the hash fails, for whatever reason: that is never a pass. */
async function findAccess(store: AccessStore, { slug, path }: GatewayTarget, token: string): Promise<Access | null> {
  const { provider } = splitProvider(path);
  try {
    const tokenHash = hashToken(token).toString('hex');
    return await store.findAccess({ slug, tokenHash, providerKind: isProviderKind(provider) ? provider : null });
  } catch (error) {
    logger.error({ err: error, gateway: slug }, 'authentication tokens cannot be verified');
    return null;
  }
}
