import type { Making } from '#lib/providers/endpoints/types.ts';

/** An object of a provider, as its API names it. */
export type ObjectName = { collection: string; id: string };

/** A longer one is none that a provider makes. */
const MAX_ID_CHARS = 512;

/**
 * The objects that an answer tells of.
 *
 * @param answer an answer's JSON, or an event's of a streamed one.
 */
export function findObjects(makings: readonly Making[], answer: unknown, streamed: boolean): ObjectName[] {
  return makings.flatMap(({ collection, at, streamedAt }) => {
    const path = streamed ? streamedAt : at;
    if (path === undefined) return [];
    return valuesAt(answer, path.split('.')).flatMap((value) => {
      const id = readId(collection, value);
      return id === null ? [] : [{ collection, id }];
    });
  });
}

/** What stands at `keys`; `*` is each of a list. */
function valuesAt(value: unknown, [key, ...below]: readonly string[]): unknown[] {
  if (key === undefined) return [value];
  if (key === '*') return Array.isArray(value) ? value.flatMap((item) => valuesAt(item, below)) : [];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return [];
  return valuesAt(Reflect.get(value, key), below);
}

/**
 * The id in what an API calls an object: the id itself, Google's `files/abc`, or an address that ends so.
 *
 * @returns null: it is none.
 */
export function readId(collection: string, value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const marker = `${collection.slice(collection.lastIndexOf('/') + 1)}/`;
  const at = value.lastIndexOf(marker);
  const id = at < 0 ? value : value.slice(at + marker.length).replace(/[/:?#].*$/s, '');
  return id !== '' && id.length <= MAX_ID_CHARS && !id.includes('/') ? id : null;
}
