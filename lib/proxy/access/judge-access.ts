import { type OwnAnswer, refuse, refuseName, refuseToken } from '../errors.ts';
import type { CallRecord } from '../observe/call-record.ts';
import type { Credential } from './credentials.ts';
import type { Found } from './find-access.ts';
import type { Access } from './store.ts';

/** What a call that was let in may go by. */
export type Grant = Extract<Access, { kind: 'granted' }>;

/** Lets a call in, or says why not; the client never learns what is wrong with a token. */
export function judgeAccess(found: Found, slug: string, credential: Credential, record: CallRecord): OwnAnswer | Grant {
  record.gatewayExists = found.kind === 'granted' || found.kind === 'token_refused';
  switch (found.kind) {
    case 'unknown':
      // An outage is not the token's fault: a 401 would make clients throw good tokens away.
      return refuse('authentication_unavailable');
    case 'gateway_not_found':
      return refuseName('gateway_not_found', 'Gateway', slug);
    case 'token_needed':
      return refuseToken(
        slug,
        credential.kind === 'missing' ? 'missing_authentication_token' : 'invalid_authentication_token',
      );
    case 'token_refused':
      return refuseToken(slug, 'invalid_authentication_token');
    case 'granted':
      record.gatewayId = found.gatewayId;
      record.tokenId = found.token?.id ?? null;
      return found;
  }
}
