import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Checkbox } from '#components/ui/checkbox.tsx';

type ModelListProps = { known: readonly string[]; chosen: string[]; onChange: (models: string[]) => void };

/** All models that are known of a provider, to tick. */
export function ModelList({ known, chosen, onChange }: ModelListProps) {
  const t = useTranslations('providers.form');
  const id = useId();
  const toggle = (model: string, ticked: boolean) =>
    onChange(ticked ? [...chosen, model] : chosen.filter((name) => name !== model));
  return (
    <fieldset className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-4 rounded-md border bg-sunken px-2 py-1.5">
      <legend className="sr-only">{t('fullList')}</legend>
      {known.map((model, index) => (
        <div key={model} className="flex min-w-0 items-center">
          <Checkbox
            id={`${id}-${index}`}
            checked={chosen.includes(model)}
            onCheckedChange={(state) => toggle(model, state === true)}
          />
          <label htmlFor={`${id}-${index}`} className="min-w-0 flex-1 cursor-pointer py-1 wrap-anywhere">
            {model}
          </label>
        </div>
      ))}
    </fieldset>
  );
}
