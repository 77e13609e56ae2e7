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
    const name = decode(path.slice(1, end));
    if (models.includes(name)) match = { model: name, endpoint: path.slice(end) };
    if (end >= path.length) break;
  }
  return match;
}

const GEMINI_NATIVE = /^\/v1(?:alpha|beta)?\/models\/([^/:]+):/;

/** Google's native address, with no model before it: `/v1beta/models/{model}:{action}` below the provider. */
export function matchNative(models: readonly string[], path: string): ModelMatch | null {
  const model = decode(GEMINI_NATIVE.exec(path)?.[1] ?? '');
  return models.includes(model) ? { model, endpoint: path } : null;
}

/** What begins an endpoint of the providers' APIs, behind a model's name. */
const KNOWN_ENDPOINT =
  /\/(?:v1(?:alpha|beta)?\/)?(?:(?:chat\/)?completions|responses|messages|embeddings|images|audio|models|rerank|moderations)(?:\/.*)?$/;

/** The name that the client means where none of the models fits: for a message, since an endpoint may be unknown. */
export function guessModel(path: string): string {
  return path.replace(KNOWN_ENDPOINT, '').slice(1);
}

/** Google's native address names the model once more: `…/models/{model}:{action}`. */
const GEMINI_MODEL = /\/(?:models|tunedModels)\/([^/:]*)/g;

/** Whether an endpoint of Google's API asks for another model than the path's, which the token need not be for. */
export function endpointNamesOtherModel(endpoint: string, model: string): boolean {
  for (const [, name = ''] of endpoint.matchAll(GEMINI_MODEL)) {
    if (decode(name) !== model) return true;
  }
  return false;
}

function nextBoundary(path: string, from: number): number {
  const slash = path.indexOf('/', from);
  return slash < 0 ? path.length : slash;
}

function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    // Not UTF-8: such a name matches no model, since models are text.
    if (error instanceof URIError) return text;
    throw error;
  }
}
