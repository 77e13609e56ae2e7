import type { Base } from './types.ts';

/** First segments of OpenAI's endpoints: below a bare origin these are at `/v1`, and nothing else is. */
const OPENAI_RESOURCES: ReadonlySet<string> = new Set([
  'assistants',
  'audio',
  'batches',
  'chat',
  'completions',
  'containers',
  'conversations',
  'embeddings',
  'evals',
  'files',
  'fine_tuning',
  'images',
  'models',
  'moderations',
  'realtime',
  'responses',
  'threads',
  'uploads',
  'vector_stores',
  'videos',
]);

/** Services whose base URL for OpenAI's SDKs is a bare origin, without `/v1` in their paths (their own documentation). */
const HOSTS_WITHOUT_VERSION: ReadonlySet<string> = new Set([
  'api.perplexity.ai',
  'api.githubcopilot.com',
  'models.inference.ai.azure.com',
]);

/** A version at the end of a path, such as `/v1`, `/v4` or `/v1beta1`. */
const ENDS_IN_VERSION = /\/v\d+(?:(?:alpha|beta)\d*)?$/;

export function firstSegmentOf(endpoint: string): string {
  return endpoint.split('/', 2)[1] ?? '';
}

/** Whether an endpoint without a version is one of OpenAI's API. */
export function isOpenaiResource(endpoint: string): boolean {
  return OPENAI_RESOURCES.has(firstSegmentOf(endpoint));
}

export function endsInVersion(path: string): boolean {
  return ENDS_IN_VERSION.test(path);
}

/** Without the `/v1` that begins it, be it there once or, from an SDK and its base URL, twice. */
export function withoutVersion(endpoint: string): string {
  return endpoint.replace(/^(?:\/v1(?=\/|$))+/, '');
}

/** With one `/v1` where several begin it. */
export function withOneVersion(endpoint: string): string {
  const rest = withoutVersion(endpoint);
  return rest === endpoint ? endpoint : `/v1${rest}`;
}

/**
 * Where an endpoint is below a base URL as OpenAI's SDKs take it: what they would append to it is appended, without the
 * `/v1` that clients write. A bare origin is that of a server such as Ollama or vLLM, which has OpenAI's API at `/v1`
 * and other things beside it.
 */
export function joinOpenai(base: Base, endpoint: string): string {
  if (base.path !== '' || HOSTS_WITHOUT_VERSION.has(base.host)) return base.path + restOf(base, endpoint);
  return isOpenaiResource(endpoint) ? `/v1${endpoint}` : withOneVersion(endpoint);
}

/** Where an endpoint is below a base URL as Anthropic's SDKs take it: they append `/v1/messages` to it. */
export function joinAnthropic(base: Base, endpoint: string): string {
  return base.path + (endsInVersion(base.path) ? '' : '/v1') + restOf(base, endpoint);
}

/** An endpoint without its version, and without what of the base's path a client wrote once more. */
function restOf({ path }: Base, endpoint: string): string {
  const ends = path.split('/').slice(1);
  const asked = endpoint.split('/').slice(1);
  const isWrittenTwice = (count: number) => ends.slice(-count).every((segment, index) => segment === asked[index]);
  let count = Math.min(ends.length, asked.length);
  while (count > 0 && !isWrittenTwice(count)) count--;
  const rest = withoutVersion(
    asked
      .slice(count)
      .map((segment) => `/${segment}`)
      .join(''),
  );
  // `/models` can be a base's end as well as an endpoint, which then is below it.
  return isOpenaiResource(endpoint) && !isOpenaiResource(rest) ? endpoint : rest;
}
