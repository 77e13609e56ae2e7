import { useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { LONGEST_TIMEOUT_SECONDS } from '#lib/providers/schema.ts';
import { type ProvidersFormValues, problemOf } from './provider-form-values.ts';

/** How long the provider's answers may take to begin, and how long they may pause. */
export function TimeoutFields({ index }: { index: number }) {
  const t = useTranslations('providers.form');
  const { register, formState } = useFormContext<ProvidersFormValues>();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {(['firstByteTimeoutSeconds', 'idleTimeoutSeconds'] as const).map((name) => {
        const problem = problemOf(formState.errors.providers?.[index]?.[name]);
        return (
          <Field
            key={name}
            label={t(`timeouts.${name}`)}
            hint={t(`timeoutHints.${name}`)}
            error={problem && t(`errors.${problem}`, { longest: LONGEST_TIMEOUT_SECONDS })}
          >
            {(control) => (
              <Input
                {...control}
                {...register(`providers.${index}.${name}`, { setValueAs: readSeconds })}
                inputMode="numeric"
                autoComplete="off"
              />
            )}
          </Field>
        );
      })}
    </div>
  );
}

/** What is typed, or what the form holds of it. */
function readSeconds(typed: string | number | null): number | null {
  if (typed === null) return null;
  return String(typed).trim() === '' ? null : Number(typed);
}
