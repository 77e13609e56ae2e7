import { decodeName } from '#lib/providers/decode-name.ts';

export type ModelMatch = {
  model: string;
  /** What follows the model in the path, as it came; begins with `/` unless empty. */
  endpoint: string;
};

/** Beyond this no model name can end; it bounds the work that a path of thousands of slashes makes. */
const MAX_MODEL_PATH_CHARS = 1024;

/**
 * Finds the longest of `models` that is a prefix of `path` and ends at a segment's end. Percent-encoding is undone for
 * the comparison only; an encoded `/` never gets here.
 *
 * @param path what follows the provider, `/{model}/{endpoint…}`.
 */
export function matchModel(models: readonly string[], path: string): ModelMatch | null {
  let match: ModelMatch | null = null;
  for (let end = nextBoundary(path, 1); end <= MAX_MODEL_PATH_CHARS; end = nextBoundary(path, end + 1)) {
    const name = decodeName(path.slice(1, end));
    if (models.includes(name)) match = { model: name, endpoint: path.slice(end) };
    if (end >= path.length) break;
  }
  return match;
}

/** What begins an endpoint of the providers' APIs, behind a model's name. */
const KNOWN_ENDPOINT =
  /\/(?:v1(?:alpha|beta)?\/)?(?:(?:chat\/)?completions|responses|messages|embeddings|images|audio|models|rerank|moderations)(?:\/.*)?$/;

/** The name that the client means where none of the models fits: for a message, since an endpoint may be unknown. */
export function guessModel(path: string): string {
  return path.replace(KNOWN_ENDPOINT, '').slice(1);
}

function nextBoundary(path: string, from: number): number {
  const slash = path.indexOf('/', from);
  return slash < 0 ? path.length : slash;
}
