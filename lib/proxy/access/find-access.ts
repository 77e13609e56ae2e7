import { logger } from '#lib/logger.ts';
import { type Eventually, whenThere } from '../eventually.ts';
import { TooManyLookupsError } from './batched-lookups.ts';
import { type Credential, tokenHashOf } from './credentials.ts';
import type { Access, AccessStore, TokenlessGateway } from './store.ts';

/** `unknown`: it cannot be known at the moment, which is never a pass. */
export type Found = Access | { kind: 'token_needed' } | { kind: 'unknown' };

/**
 * What the store knows. Without a token of the right form and checksum it is not asked for one, and costs no read
 * but at the rare gateway that wants none.
 */
export function findAccess(store: AccessStore, slug: string, credential: Credential): Eventually<Found> {
  const fail = (error: unknown): Found => {
    // A flood must not fill the log as well.
    if (!(error instanceof TooManyLookupsError)) {
      logger.error({ err: error, gateway: slug }, 'authentication tokens cannot be verified');
    }
    return { kind: 'unknown' };
  };
  try {
    const tokenHash = tokenHashOf(credential);
    const found = tokenHash === null ? findOpen(store, slug) : store.findAccess({ slug, tokenHash });
    return found instanceof Promise ? found.catch(fail) : found;
  } catch (error) {
    return fail(error);
  }
}

function findOpen(store: AccessStore, slug: string): Eventually<Found> {
  return whenThere<TokenlessGateway | null, Found>(store.findTokenless(slug), (gateway) =>
    gateway?.open ? store.findAccess({ slug, tokenHash: null }) : { kind: 'token_needed' },
  );
}
