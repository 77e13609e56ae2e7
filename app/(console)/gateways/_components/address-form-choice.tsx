import { useTranslations } from 'next-intl';
import { useId } from 'react';

const FORMS = ['hostForm', 'pathForm'] as const;

type AddressFormChoiceProps = {
  form: (typeof FORMS)[number];
  onChange: (form: (typeof FORMS)[number]) => void;
};

/** By which of a gateway's two addresses it is called. */
export function AddressFormChoice({ form, onChange }: AddressFormChoiceProps) {
  const t = useTranslations('providers.code');
  const name = useId();
  return (
    <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <legend className="float-left mr-4 font-medium">{t('addressForm')}</legend>
      {FORMS.map((option) => (
        <label key={option} className="inline-flex min-h-6 cursor-pointer items-center gap-2">
          <input
            type="radio"
            name={name}
            className="size-4 accent-accent"
            checked={form === option}
            onChange={() => onChange(option)}
          />
          {t(option)}
        </label>
      ))}
    </fieldset>
  );
}
