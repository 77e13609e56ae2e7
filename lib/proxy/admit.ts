import { logger } from '#lib/logger.ts';
import { TooManyLookupsError } from './batched-lookups.ts';
import { readBodyFacts } from './body-facts.ts';
import { readCredential } from './credentials.ts';
import { decide } from './decide.ts';
import { isOwnAnswer, type OwnAnswer, refuse, refuseToken } from './errors.ts';
import type { ForwardPlan } from './forward-plan.ts';
import type { HeaderLines } from './header-lines.ts';
import type { CallRecord } from './observe/call-record.ts';
import type { ProxySettings } from './settings.ts';
import type { Access, AccessStore } from './store.ts';
import type { GatewayTarget } from './target.ts';
import { hexHashOf } from './token-hashes.ts';
import { cameThroughUs } from './via.ts';

/** What API calls use. The rest is of no use to a provider's API, and TRACE would echo the provider's key. */
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/**
 * Decides over a request to a gateway from its head and the store: the one way in, for every transport. Cheap checks
 * come first, so that refusing costs less than serving and nothing malformed reaches the database. What is learnt of
 * it is noted in `record`.
 */
export async function admit(
  method: string,
  target: GatewayTarget,
  headers: HeaderLines,
  store: AccessStore,
  settings: ProxySettings,
  record: CallRecord,
): Promise<OwnAnswer | ForwardPlan> {
  // RFC 9110 §15.5.6 wants `Allow`.
  if (!METHODS.includes(method)) return refuse('method_not_allowed', undefined, ['allow', METHODS.join(', ')]);
  const body = readBodyFacts(headers);
  if (isOwnAnswer(body)) return body;
  if (cameThroughUs(headers, settings.viaName)) return refuse('loop_detected');

  const credential = readCredential(headers);
  if (credential.kind === 'own_answer') return credential;
  const found = await findAccess(store, target, credential.kind === 'token' ? credential.token : null);
  // An outage is not the token's fault: a 401 would make clients throw good tokens away.
  if (!found) return refuse('authentication_unavailable');
  if (found.kind === 'token_needed') {
    const code = credential.kind === 'missing' ? 'missing_authentication_token' : 'invalid_authentication_token';
    return refuseToken(target.slug, code);
  }
  const carrier = credential.kind === 'token' ? credential.carrier : null;
  return decide({ method, target, headers, body, carrier, record }, found, settings);
}

/**
 * What the store knows. Without a token of the right form and checksum it is not asked for one, and costs no read
 * but at the rare gateway that wants none.
 *
 * @returns null when the store or the hash fails, for whatever reason: that is never a pass.
 */
async function findAccess(
  store: AccessStore,
  { slug }: GatewayTarget,
  token: string | null,
): Promise<Access | { kind: 'token_needed' } | null> {
  try {
    if (token === null && !(await store.isOpen(slug))) return { kind: 'token_needed' };
    const tokenHash = token === null ? null : hexHashOf(token);
    return await store.findAccess({ slug, tokenHash });
  } catch (error) {
    // A flood must not fill the log as well.
    if (!(error instanceof TooManyLookupsError)) {
      logger.error({ err: error, gateway: slug }, 'authentication tokens cannot be verified');
    }
    return null;
  }
}
