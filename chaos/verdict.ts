import type { Call } from './calls.ts';
import type { Disturbance, Kind } from './disturbances.ts';
import { FAULTY } from './upstream.ts';

/** A killed worker's connections may end this long after, as their clients see it. */
const NOTICED_WITHIN_MS = 1_500;
/** The upstream's own answer to `error`. */
const UPSTREAM_ERROR = 529;

/** What a call came to, in words; those that break a promise begin with `!`. */
export function judge(call: Call, disturbances: readonly Disturbance[]): string {
  const { live, sentAt, endedAt, status, whole, behaviour } = call;
  const during = (...kinds: Kind[]) =>
    disturbances.some(
      ({ kind, from, to }) => kinds.includes(kind) && from <= endedAt && sentAt <= to + NOTICED_WITHIN_MS,
    );
  const isLetIn = status !== null && status !== 401 && status !== 503;
  if (isLetIn && sentAt > live.refusedFrom) return '! accepted after the receipt';
  const wasDeleted = endedAt > live.deletionBegan;
  if (status === 401) return wasDeleted ? 'refused, deleted' : '! refused, though not deleted';
  if (status === 503)
    return during('database stopped', 'database frozen') ? '503, database away' : '! 503 without cause';
  if (FAULTY.includes(behaviour)) return "the upstream's fault";
  if (whole && status !== null) return status === 200 || status === UPSTREAM_ERROR ? 'answered' : `! status ${status}`;
  if (wasDeleted) return 'cut, deleted';
  if (during('worker killed')) return 'broken, worker killed';
  return `! broken without cause (${call.error})`;
}
