import type { Making } from '#lib/providers/endpoints/types.ts';

/** An object of a provider, as its API names it. */
export type ObjectName = { collection: string; id: string };

/** A longer one is none that a provider makes. */
const MAX_ID_CHARS = 512;
const MAX_VALUE_CHARS = 2_048;

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

/** Printable, and nothing that an address could end or go on with. */
const ID = String.raw`[^\s/?#%\\\u0000-\u0020\u007f-\uffff]+`;
const ADDRESS = String.raw`https?://[\w.-]+(?::\d+)?/(?:v\d\w*/)?`;

/** Of each collection, how its objects are named. */
const forms = new Map<string, RegExp>();

function formOf(collection: string): RegExp {
  const known = forms.get(collection);
  if (known) return known;
  const name = collection.replace(/\{\w+\}/g, String.raw`[\w.-]*\w[\w.-]*`);
  const form = new RegExp(`^(?:(?:${ADDRESS})?${name}/)?(?<id>${ID}?)(?::download(?:\\?alt=media)?)?$`);
  forms.set(collection, form);
  return form;
}

/**
 * The id in what an API calls an object: the id itself, Google's `files/abc`, or an address that ends so.
 *
 * @returns null: it is none, or could be read as another.
 */
export function readId(collection: string, value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_VALUE_CHARS) return null;
  const id = formOf(collection).exec(value)?.groups?.id;
  return id !== undefined && id.length <= MAX_ID_CHARS ? id : null;
}
