import { logger } from '#lib/logger.ts';
import { TooManyLookupsError } from './access/batched-lookups.ts';
import { readCredential } from './access/credentials.ts';
import type { Access, AccessStore } from './access/store.ts';
import { hexHashOf } from './access/token-hashes.ts';
import { readBodyFacts } from './body/body-facts.ts';
import { isOwnAnswer, type OwnAnswer, refuse, refuseToken } from './errors.ts';
import { type Eventually, whenThere } from './eventually.ts';
import type { HeaderLines } from './headers/header-lines.ts';
import { cameThroughUs } from './headers/via.ts';
import type { CallRecord } from './observe/call-record.ts';
import { decide } from './route/choose-candidates.ts';
import type { ForwardPlan } from './route/route.ts';
import type { GatewayTarget } from './route/target.ts';
import type { ProxySettings } from './settings.ts';

/** What API calls use. The rest is of no use to a provider's API, and TRACE would echo the provider's key. */
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/**
 * Decides over a request to a gateway from its head and the store: the one way in, for every transport. Cheap checks
 * come first, so that refusing costs less than serving and nothing malformed reaches the database. What is learnt of
 * it is noted in `record`.
 */
export function admit(
  method: string,
  target: GatewayTarget,
  headers: HeaderLines,
  store: AccessStore,
  settings: ProxySettings,
  record: CallRecord,
): Eventually<OwnAnswer | ForwardPlan> {
  // RFC 9110 §15.5.6 wants `Allow`.
  if (!METHODS.includes(method)) return refuse('method_not_allowed', undefined, ['allow', METHODS.join(', ')]);
  const body = readBodyFacts(headers);
  if (isOwnAnswer(body)) return body;
  if (cameThroughUs(headers, settings.viaName)) return refuse('loop_detected');

  const credential = readCredential(headers);
  if (credential.kind === 'own_answer') return credential;
  const { token, carrier } = credential.kind === 'token' ? credential : NO_TOKEN;
  return whenThere(findAccess(store, target, token), (found) => {
    // An outage is not the token's fault: a 401 would make clients throw good tokens away.
    if (!found) return refuse('authentication_unavailable');
    if (found.kind !== 'token_needed')
      return decide({ method, target, headers, body, carrier, record }, found, settings);
    const code = credential.kind === 'missing' ? 'missing_authentication_token' : 'invalid_authentication_token';
    return refuseToken(target.slug, code);
  });
}

const NO_TOKEN = { token: null, carrier: null };

type Found = Access | { kind: 'token_needed' };

/**
 * What the store knows. Without a token of the right form and checksum it is not asked for one, and costs no read
 * but at the rare gateway that wants none.
 *
 * @returns null when the store or the hash fails, for whatever reason: that is never a pass.
 */
function findAccess(store: AccessStore, { slug }: GatewayTarget, token: string | null): Eventually<Found | null> {
  const fail = (error: unknown) => {
    // A flood must not fill the log as well.
    if (!(error instanceof TooManyLookupsError)) {
      logger.error({ err: error, gateway: slug }, 'authentication tokens cannot be verified');
    }
    return null;
  };
  try {
    const found = token === null ? findOpen(store, slug) : store.findAccess({ slug, tokenHash: hexHashOf(token) });
    return found instanceof Promise ? found.catch(fail) : found;
  } catch (error) {
    return fail(error);
  }
}

function findOpen(store: AccessStore, slug: string): Eventually<Found> {
  return whenThere<boolean, Found>(store.isOpen(slug), (isOpen) =>
    isOpen ? store.findAccess({ slug, tokenHash: null }) : { kind: 'token_needed' },
  );
}
