import { decodeName } from '#lib/providers/decode-name.ts';

export type ModelMatch = {
  model: string;
  /** What follows the model in the path, as it came; begins with `/` unless empty. */
  endpoint: string;
};

/**
 * Finds the longest of `models` that is a prefix of `path` and ends at a segment's end. Percent-encoding is undone for
 * the comparison only; an encoded `/` never gets here.
 *
 * @param path what follows the provider, `/{model}/{endpoint…}`.
 */
export function matchModel(models: readonly string[], path: string): ModelMatch | null {
  const { byName, longest } = namesOf(models);
  let match: ModelMatch | null = null;
  let name = '';
  // No further than a name can reach: also bounds the work that a path of thousands of slashes makes.
  for (let start = 1, end = 0; end < path.length && name.length < longest; start = end + 1) {
    end = nextBoundary(path, start);
    name += (start > 1 ? '/' : '') + decodeName(path.slice(start, end));
    const model = byName.get(name);
    if (model !== undefined) match = { model, endpoint: path.slice(end) };
  }
  return match;
}

/** The models of a provider by their names in one form (NFC), and the length of the longest. */
type Names = { byName: ReadonlyMap<string, string>; longest: number };

/** Made once for as long as a provider is remembered. */
const names = new WeakMap<readonly string[], Names>();

function namesOf(models: readonly string[]): Names {
  const known = names.get(models);
  if (known) return known;
  const byName = new Map(models.map((model) => [model.normalize('NFC'), model]));
  const made = { byName, longest: Math.max(0, ...[...byName.keys()].map(({ length }) => length)) };
  names.set(models, made);
  return made;
}

/**
 * The model of this name, in whichever way its own letters are composed: that differs between keyboards and file systems.
 *
 * @param name in NFC.
 */
export function findModel(models: readonly string[], name: string): string | undefined {
  return namesOf(models).byName.get(name);
}

function nextBoundary(path: string, from: number): number {
  const slash = path.indexOf('/', from);
  return slash < 0 ? path.length : slash;
}
