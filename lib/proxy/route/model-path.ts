import { decodeName } from '#lib/providers/decode-name.ts';
import { LONGEST_MODEL_NAME } from '#lib/providers/model-name.ts';

export type ModelMatch = {
  model: string;
  /** What follows the model in the path, as it came; begins with `/` unless empty. */
  endpoint: string;
};

/**
 * Beyond this no model's name can end: decomposed, a letter is at most four characters (UAX #15 §9). It bounds the work
 * that a path of thousands of slashes makes.
 */
const MOST_NAME_CHARS = 4 * LONGEST_MODEL_NAME;

/**
 * Finds the longest of `models` that is a prefix of `path` and ends at a segment's end. Percent-encoding is undone for
 * the comparison only; an encoded `/` never gets here.
 *
 * @param path what follows the provider, `/{model}/{endpoint…}`.
 */
export function matchModel(models: readonly string[], path: string): ModelMatch | null {
  let match: ModelMatch | null = null;
  let name = '';
  for (let start = 1, end = 0; end < path.length && name.length <= MOST_NAME_CHARS; start = end + 1) {
    end = nextBoundary(path, start);
    name += (start > 1 ? '/' : '') + decodeName(path.slice(start, end));
    const model = findModel(models, name);
    if (model !== undefined) match = { model, endpoint: path.slice(end) };
  }
  return match;
}

/** The models of each provider by their names in one form (NFC), made once for as long as it is remembered. */
const composedNames = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

/**
 * The model of this name, in whichever way its own letters are composed: that differs between keyboards and file systems.
 *
 * @param name in NFC.
 */
export function findModel(models: readonly string[], name: string): string | undefined {
  let byName = composedNames.get(models);
  if (!byName) {
    byName = new Map(models.map((model) => [model.normalize('NFC'), model]));
    composedNames.set(models, byName);
  }
  return byName.get(name);
}

function nextBoundary(path: string, from: number): number {
  const slash = path.indexOf('/', from);
  return slash < 0 ? path.length : slash;
}
