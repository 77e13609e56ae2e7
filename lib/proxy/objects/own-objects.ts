import { logger } from '#lib/logger.ts';
import type { Reference } from '#lib/providers/endpoints/types.ts';
import { TooManyLookupsError } from '../access/batched-lookups.ts';
import type { Grant } from '../access/judge-access.ts';
import { isOwnAnswer, type OwnAnswer, refuse, showName } from '../errors.ts';
import type { Eventually } from '../eventually.ts';
import type { Candidate } from '../route/candidate.ts';
import { modelNamesAt } from '../route/model-names.ts';
import type { Route } from '../route/route.ts';
import type { KnownObjects } from './known-objects.ts';
import { type ObjectName, readId } from './object-ids.ts';

/** Each is looked up. 2,000 files are the most that OpenAI takes at once. */
const MOST_REFERENCES = 2_000;

/** What of the access decides whose an object is. */
type Holder = Pick<Grant, 'objectsByToken' | 'token'>;

/** A route that needs no look at what was made. */
export type FoundRoute = Exclude<Route, { by: 'object' }>;

/**
 * Lets a call to the object in its address go where that was made. One that was made through another gateway, or with
 * another token where the gateway tells them apart, is as if it were not there.
 */
export async function findObject(route: Route, holder: Holder, known: KnownObjects): Promise<OwnAnswer | FoundRoute> {
  if (route.by === 'body') return route;
  const candidates = route.by === 'address' ? [route.candidate] : route.candidates;
  const object = candidates[0]?.reach.object;
  if (!object) return route.by === 'address' ? route : refuseObject('');
  const found = await findMaker(candidates, holder, object, known);
  if (found === null) return refuseObject(object.id);
  if (isOwnAnswer(found)) return found;
  if (route.by === 'address') return route;
  return { by: 'address', candidate: found, models: modelNamesAt(found.provider, found.provider.models) };
}

/** Whether a call names no object in its address, so that `findObject` has nothing to do. */
export function isFound(route: Route): route is FoundRoute {
  return route.by === 'body' || (route.by === 'address' && route.candidate.reach.object === null);
}

/**
 * Judges what a body names, such as the response that it goes on from.
 *
 * @param values of the wanted keys that are there, as JSON; null: nobody knows.
 * @returns null: nothing is wrong with it.
 */
export function judgeReferences(
  candidate: Candidate,
  values: ReadonlyMap<string, string> | null,
  holder: Holder,
  known: KnownObjects,
): Eventually<OwnAnswer | null> {
  if (candidate.reach.references.length === 0) return null;
  if (values === null) return refuse('invalid_request', 'This endpoint takes JSON, or a form.');
  return values.size > 0 ? refuseReferences(candidate, values, holder, known) : null;
}

async function refuseReferences(
  candidate: Candidate,
  values: ReadonlyMap<string, string>,
  holder: Holder,
  known: KnownObjects,
): Promise<OwnAnswer | null> {
  for (const reference of candidate.reach.references) {
    const text = values.get(reference.key);
    if (text === undefined) continue;
    const ids = readReferences(reference, text);
    if (ids === null) return refuse('invalid_request', `What \`${reference.key}\` names is not clear.`);
    if (ids.length > MOST_REFERENCES) {
      return refuse('invalid_request', `\`${reference.key}\` names more than ${MOST_REFERENCES} objects.`);
    }
    for (const id of ids) {
      const found = await findMaker([candidate], holder, { collection: reference.collection, id }, known);
      if (found === null) return refuseObject(id);
      if (isOwnAnswer(found)) return found;
    }
  }
  return null;
}

/**
 * The ids in a value: a text, an object, or a list of these.
 *
 * @returns null where parsers could read others, or what is there is no id.
 */
export function readReferences({ collection, inner = 'id' }: Reference, text: string): string[] | null {
  const value: unknown = JSON.parse(text);
  const ids: string[] = [];
  for (const item of [value].flat()) {
    // Not set, as serializers write it.
    if (item === null) continue;
    const id = readId(collection, typeof item === 'object' ? Reflect.get(item, inner) : item);
    if (id === null) return null;
    ids.push(id);
  }
  if (!text.includes('{')) return ids;
  // A name that stands twice, or is escaped, is another one for some (RFC 8259 §4).
  const named = text.match(new RegExp(`"${inner}"\\s*:`, 'gi'))?.length ?? 0;
  return named === ids.length && !/\\u00[2-7]/i.test(text) ? ids : null;
}

/** Of the candidates the one where an object was made; null: none that its holder may know of. */
async function findMaker(
  candidates: readonly Candidate[],
  { objectsByToken, token }: Holder,
  object: ObjectName,
  known: KnownObjects,
): Promise<Candidate | OwnAnswer | null> {
  try {
    const finding = known.find(
      candidates.map(({ provider }) => provider.id),
      object,
    );
    const maker = finding instanceof Promise ? await finding : finding;
    if (!maker || (objectsByToken && maker.tokenId !== (token?.id ?? null))) return null;
    return candidates.find(({ provider }) => provider.id === maker.providerId) ?? null;
  } catch (error) {
    if (!(error instanceof TooManyLookupsError)) logger.error({ err: error }, 'whose an object is cannot be known');
    return refuse('authentication_unavailable', 'Whose object this is cannot be verified at the moment.');
  }
}

/** Not there, or another's: told apart nowhere. */
function refuseObject(id: string): OwnAnswer {
  return refuse('not_found', `"${showName(id)}" was not found.`);
}
