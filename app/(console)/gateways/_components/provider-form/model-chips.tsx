import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';

type ModelChipsProps = { provider: string; models: string[]; onChange: (models: string[]) => void };

/** The chosen models, each with a button that takes it off. */
export function ModelChips({ provider, models, onChange }: ModelChipsProps) {
  const t = useTranslations('providers.form');
  const listRef = useRef<HTMLUListElement>(null);
  if (models.length === 0) return null;

  function remove(index: number) {
    // The button goes with its chip; the keyboard stays in the list.
    const buttons = listRef.current?.querySelectorAll('button') ?? [];
    (buttons[index + 1] ?? buttons[index - 1])?.focus();
    onChange(models.filter((_model, at) => at !== index));
  }

  return (
    <ul ref={listRef} aria-label={t('chosenModels', { provider })} className="flex flex-wrap gap-1.5">
      {models.map((model, index) => (
        <li
          key={model}
          className="inline-flex max-w-full items-center gap-1 rounded-full bg-accent-soft py-0.5 pr-1 pl-3 text-[0.8125rem]"
        >
          <span className="min-w-0 wrap-anywhere">{model}</span>
          <button
            type="button"
            aria-label={t('removeModel', { model })}
            title={t('removeModel', { model })}
            onClick={() => remove(index)}
            className="grid size-6 shrink-0 place-items-center rounded-full text-muted hover:bg-hover hover:text-ink"
          >
            <X className="size-3.5" aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
