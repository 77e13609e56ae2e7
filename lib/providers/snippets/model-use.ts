import type { ProviderKind } from '../catalog.ts';

/** What a model is called for, which decides the endpoint. */
export type ModelUse = 'chat' | 'embedding' | 'image' | 'speech' | 'transcription';

/** Words of names, in the order in which they count: `gpt-4o-transcribe` is none for chat. */
const WORDS: [Exclude<ModelUse, 'chat'>, string][] = [
  ['embedding', 'embeddings?|embed|bge|e5'],
  ['transcription', 'transcribe|whisper'],
  ['speech', 'tts|kokoro'],
  ['image', 'image|dall-e|imagen|flux|sdxl|stable-diffusion'],
];

const PATTERNS = WORDS.map(([use, words]) => [use, new RegExp(`(?:^|[^a-z])(?:${words})(?![a-z])`, 'i')] as const);

/**
 * What a model is for, by the words that providers put into names: nothing else says it. Google's speech models answer
 * in its API for chat.
 */
export function useOfModel(kind: ProviderKind, model: string): ModelUse {
  const use = PATTERNS.find(([, pattern]) => pattern.test(model))?.[0] ?? 'chat';
  return kind === 'gemini' && (use === 'speech' || use === 'transcription') ? 'chat' : use;
}
