import { decodeName } from '../decode-name.ts';
import { isOpenaiResource } from './join-path.ts';
import type { NativeAddress, NativeApi } from './types.ts';

/** Versions and OpenAI's own segment, as base URLs and SDKs put them together. */
const PREFIX = /^(?:\/(?:v1(?:alpha|beta)?|openai)(?=\/|$))+/;

/** Files go to `/upload/{version}/…` and come from `/download/{version}/…`. */
const TRANSFER = /^\/(upload|download)(?=\/v1(?:alpha|beta)?(?:\/|$))/;

/** Collections that both APIs have at the stable version, where Google's is the one that is meant. */
const SHARED = /^\/(?:models|files|batches)(?=[/:]|$)/;

/** What only Google's API has at the stable version: with a model's action, or a collection of its own. */
const ONLY_NATIVE =
  /^\/(?:models\/[^/:]+:|(?:cachedContents|fileSearchStores|interactions|tunedModels|corpora)(?=[/:]|$))/;

/** Where files go to (Gemini API, "Files" and "File Search"). None of these answers with a model. */
const TAKES_FILES = /^\/(?:files|fileSearchStores\/[\w-]+:uploadToFileSearchStore)$/;

type GooglePath = {
  /** `/upload`, `/download`, or empty. */
  transfer: string;
  /** The last one that is written; empty where none is. */
  version: string;
  /** What follows; empty or beginning with `/`. */
  resource: string;
};

/** Takes apart a path of Google's native API; null: it is one of OpenAI's. */
export function splitNative(path: string): GooglePath | null {
  const transfer = TRANSFER.exec(path)?.[0] ?? '';
  const rest = path.slice(transfer.length);
  const prefix = PREFIX.exec(rest)?.[0] ?? '';
  const resource = rest.slice(prefix.length);
  const version = prefix.split('/').at(-1) ?? '';
  if (version === '' || prefix.includes('/openai')) return null;
  if (version === 'v1' && transfer === '' && isOpenaiResource(resource) && !SHARED.test(resource)) return null;
  return { transfer, version, resource };
}

/** What follows `/v1beta/openai` or whatever a client writes in its place. */
export function openaiEndpointOf(path: string): string {
  return path.replace(PREFIX, '');
}

/** Source: Gemini API reference: `models` and `tunedModels` stand before the name of one, wherever in a path. */
function modelsIn(segments: readonly string[]): string[] {
  return segments.flatMap((segment, index) => {
    const before = decodeName(segments[index - 1] ?? '').toLowerCase();
    if (before !== 'models' && before !== 'tunedmodels') return [];
    return [decodeName(segment.split(':', 1)[0] ?? '')];
  });
}

function readNative(path: string): NativeAddress | null {
  const native = splitNative(path);
  if (!native) return null;
  const segments = native.resource.split('/').slice(1);
  const models = modelsIn(segments);
  const [collection = '', name] = segments;
  const isModel = collection === 'models' && native.transfer === '';
  const isWhole = segments.length === 2 && !name?.includes(':');
  return {
    models,
    asks: isModel && segments.length === 1 ? 'models' : isModel && isWhole ? 'model' : null,
    takesFiles: native.transfer === '/upload' && TAKES_FILES.test(native.resource),
  };
}

function describe(model: string) {
  return { name: `models/${model}`, displayName: model, supportedGenerationMethods: methodsOf(model) };
}

/** Clients choose from the list by this. No list says what a model is for but its name. */
function methodsOf(model: string): string[] {
  if (/embedding/.test(model)) return ['embedContent'];
  if (/^imagen/.test(model)) return ['predict'];
  if (/^veo/.test(model)) return ['predictLongRunning'];
  return ['generateContent', 'countTokens'];
}

/** Google's own API. Sources: Gemini API reference and `@google/genai` 3, whose stable version is `v1`. */
export const geminiNative: NativeApi = {
  read: readNative,
  ownsAtRoot(path) {
    const native = splitNative(path);
    return native !== null && (native.version !== 'v1' || native.transfer !== '' || ONLY_NATIVE.test(native.resource));
  },
  namesOf: (model) => [model, `models/${model}`],
  listModels: (models) => ({ models: models.map(describe) }),
  describeModel: describe,
  addressHeaders: ['x-goog-upload-url', 'x-goog-upload-control-url'],
};
