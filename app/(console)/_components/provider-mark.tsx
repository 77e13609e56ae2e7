import { Plug } from 'lucide-react';
import type { ProviderKind } from '#lib/providers/catalog.ts';

const LETTERS: Record<Exclude<ProviderKind, 'openai-compatible'>, string> = {
  openai: 'O',
  anthropic: 'A',
  gemini: 'G',
  deepseek: 'D',
};

/** A sign for a provider. Not its logo, which is its owner's. */
export function ProviderMark({ kind }: { kind: ProviderKind }) {
  return (
    <span
      className="grid size-9 shrink-0 place-items-center rounded-md border bg-accent-soft text-base font-semibold text-accent"
      aria-hidden
    >
      {kind === 'openai-compatible' ? <Plug className="size-4.5" /> : LETTERS[kind]}
    </span>
  );
}
