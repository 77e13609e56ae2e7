import type { Grant } from '../access/judge-access.ts';
import type { AnswerObserver } from '../answer/observer.ts';
import type { Share } from '../body/kept-bytes.ts';
import type { Candidate } from '../route/candidate.ts';
import type { KnownObjects } from './known-objects.ts';
import { MadeObjects } from './made-objects.ts';

/**
 * What looks at the answer for the objects that it tells of, or for whether one is gone. Calls that make and delete
 * nothing have none, and their answers cost nothing.
 *
 * @param values of the wanted keys in the body, as JSON.
 */
export function watcherFor(
  { provider, reach }: Candidate,
  values: ReadonlyMap<string, string> | null,
  { token }: Pick<Grant, 'token'>,
  known: KnownObjects,
  share: Share,
): AnswerObserver | null {
  const { object } = reach;
  if (reach.deletes && object) return whenDone(() => known.forget(provider.id, object));
  if (reach.makings.length === 0) return null;
  const store = values?.get('store');
  const makings = reach.makings.filter(({ storesByDefault }) => {
    return storesByDefault === undefined || (storesByDefault ? store !== 'false' : store === 'true');
  });
  if (makings.length === 0) return null;
  const maker = { providerId: provider.id, tokenId: token?.id ?? null };
  return new MadeObjects(makings, share, (objects) => known.add(maker, objects));
}

function whenDone(act: () => Promise<void>): AnswerObserver {
  return {
    begin(status) {
      if (status >= 200 && status < 300) void act();
      return false;
    },
    look: () => {},
    end: () => {},
  };
}
