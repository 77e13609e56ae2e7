import type { EndpointRoute } from '#lib/providers/route-endpoint.ts';
import type { ProviderAccess } from '../access/store.ts';
import { isOwnAnswer, type OwnAnswer, refuse } from '../errors.ts';
import { judgeCall } from './judge-call.ts';
import { findModel } from './model-path.ts';
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

type Naming = {
  /** Whether path or body names a model. */
  namesModel: boolean;
  /** The models that its endpoint may name, too. */
  open: readonly string[];
  /** Takes the place of `model` in the body. */
  model?: string | null;
};

/** A provider as the upstream of a call, or why the call may not reach what it asks for there. */
export function makeCandidate(
  provider: ProviderAccess,
  method: string,
  endpoint: string,
  { namesModel, open, model = null }: Naming,
): OwnAnswer | Candidate {
  const { use, address, names } = judgeCall(provider, method, endpoint);
  if (names.some((name) => findModel(open, name) === undefined)) return refuse('model_mismatch');
  const reach = judgeReach(provider, use, namesModel);
  return isOwnAnswer(reach) ? reach : { provider, endpoint, address, model, reach };
}
