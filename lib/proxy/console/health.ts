import { answerJson, type OwnAnswer } from '../errors.ts';
import type { Membership } from '../revocation/membership.ts';

/**
 * What the proxy says of itself, at the console's addresses: `/healthz`, whether it is alive; `/readyz`, whether it can
 * judge every request. Null: the address is neither.
 */
export function answerHealth(
  method: string,
  address: string,
  { membership, stopping }: { membership: Pick<Membership, 'isTrusted'>; stopping: boolean },
): OwnAnswer | null {
  if (method !== 'GET' && method !== 'HEAD') return null;
  if (address === '/healthz') return answerJson({ alive: true });
  if (address !== '/readyz') return null;
  if (stopping) return unready('This worker is stopping.');
  // A lease that is alive was renewed by the database a moment ago.
  return membership.isTrusted() ? answerJson({ ready: true }) : unready('The database does not renew the lease.');
}

function unready(reason: string): OwnAnswer {
  return { ...answerJson({ ready: false, reason }), status: 503 };
}
