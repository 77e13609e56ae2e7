import type { EndpointRoute } from '#lib/providers/route-endpoint.ts';
import type { ProviderAccess } from '../access/store.ts';
import { isOwnAnswer, type OwnAnswer } from '../errors.ts';
import { judgeCall } from './judge-call.ts';
import { judgeReach, type Reach } from './reach.ts';

/** One upstream that a call may go to. */
export type Candidate = {
  provider: ProviderAccess;
  /** What follows the model, or the whole path where only the body names one; as the client wrote it. */
  endpoint: string;
  /** Where that is. */
  address: EndpointRoute;
  /** What `model` in the body becomes; null: it stays as it is. */
  model: string | null;
  reach: Reach;
};

/**
 * A provider as the upstream of a call, or why the call may not reach what it asks for there.
 *
 * @param namesModel whether path or body names a model.
 * @param model takes the place of the body's.
 */
export function makeCandidate(
  provider: ProviderAccess,
  method: string,
  endpoint: string,
  namesModel: boolean,
  model: string | null = null,
): OwnAnswer | Candidate {
  const { use, address } = judgeCall(provider, method, endpoint);
  const reach = judgeReach(provider, use, namesModel);
  return isOwnAnswer(reach) ? reach : { provider, endpoint, address, model, reach };
}
