'use client';

import { ListChecks, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useState } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { PROVIDERS, type ProviderKind } from '#lib/providers/catalog.ts';
import type { ProviderProblem } from '#lib/providers/schema.ts';
import { ModelChips } from './model-chips.tsx';
import { ModelList } from './model-list.tsx';
import { type ProvidersFormValues, problemOf } from './provider-form-values.ts';
import { readTypedModels } from './read-typed-models.ts';
import { useBeforeSubmit } from './use-before-submit.ts';

/** The models of a provider: chosen from those that are known, or typed. */
export function ModelsField({ index, kind }: { index: number; kind: ProviderKind }) {
  const t = useTranslations('providers.form');
  const { control, trigger, formState } = useFormContext<ProvidersFormValues>();
  const { field, fieldState } = useController({ control, name: `providers.${index}.models` });
  const [typed, setTyped] = useState('');
  const [typedProblem, setTypedProblem] = useState<ProviderProblem | null>(null);
  const [listOpen, setListOpen] = useState(field.value.length === 0);
  const { label, models: known } = PROVIDERS[kind];
  const problem = typedProblem ?? problemOf(fieldState.error);

  function change(models: string[]) {
    field.onChange(models);
    if (formState.isSubmitted) trigger(`providers.${index}.models`);
  }

  /** Returns whether the field is empty afterwards. */
  function addTyped(): boolean {
    const { names, problem: found } = readTypedModels(typed, field.value);
    setTypedProblem(found);
    if (found) return false;
    if (names.length > 0) change([...field.value, ...names]);
    setTyped('');
    return true;
  }

  const inputRef = useBeforeSubmit(addTyped);

  function addAtEnter(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    // It would send the form.
    event.preventDefault();
    addTyped();
  }

  return (
    <div className="flex flex-col gap-2">
      <Field label={t('models')} required hint={t('typeModelHint')} error={problem && t(`errors.${problem}`)}>
        {(controlProps) => (
          <div className="flex flex-wrap gap-2">
            <Input
              {...controlProps}
              ref={(element) => {
                inputRef.current = element;
                field.ref(element);
              }}
              className="min-w-0 flex-1 basis-60"
              value={typed}
              placeholder={t('typeModel')}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={addAtEnter}
            />
            <Button onClick={addTyped}>
              <Plus aria-hidden />
              {t('addModel')}
            </Button>
            {known.length > 0 && (
              <Button aria-expanded={listOpen} onClick={() => setListOpen(!listOpen)}>
                <ListChecks aria-hidden />
                {listOpen ? t('hideList') : t('fullList')}
              </Button>
            )}
          </div>
        )}
      </Field>
      {listOpen && known.length > 0 && <ModelList known={known} chosen={field.value} onChange={change} />}
      <ModelChips provider={label} models={field.value} onChange={change} />
    </div>
  );
}
