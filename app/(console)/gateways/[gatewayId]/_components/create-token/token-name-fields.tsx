import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { ScrollRegion } from '#components/ui/scroll-region.tsx';
import { MOST_CREATED } from '#lib/tokens/inputs.ts';
import type { AskedName, useTokenCreation } from './use-token-creation.ts';

type NameFieldProps = { form: ReturnType<typeof useTokenCreation> };

/** One name. */
export function NameField({ form }: NameFieldProps) {
  const t = useTranslations('tokens.create');
  const problem = form.tried ? form.names[0]?.problem : null;
  return (
    <>
      <Field label={t('name')} required hint={t('hint')} error={problem ? t(`errors.${problem}`) : undefined}>
        {(control) => (
          <Input
            {...control}
            ref={form.fieldRef}
            name="name"
            value={form.text}
            onChange={(event) => form.changeText(event.target.value)}
            // A field of one line would join the lines of a list.
            onPaste={(event) => {
              const pasted = event.clipboardData.getData('text');
              if (!/[\r\n]/.test(pasted.trim())) return;
              event.preventDefault();
              form.changeText(pasted);
            }}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      {form.meant > 1 && (
        <p className="flex flex-wrap items-center gap-2" role="status">
          {t('meant', { count: form.meant })}
          <Button size="small" onClick={() => form.setSeveral(true)}>
            {t('meantSeveral', { count: form.meant })}
          </Button>
        </p>
      )}
    </>
  );
}

/** A list of names and ranges, with what will be made of it. */
export function NamesField({ form }: NameFieldProps) {
  const t = useTranslations('tokens.create');
  const { fieldRef } = form;
  // It takes the place of the field that had the focus, with the caret behind what was typed.
  useEffect(() => {
    const field = fieldRef.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, [fieldRef]);
  const faulty = form.names.filter(({ problem }) => problem !== null).length;
  const problem = form.isTooMany
    ? t('errors.tooMany', { most: MOST_CREATED })
    : form.names.length === 0
      ? t('errors.required')
      : faulty > 0
        ? t('faulty', { count: faulty })
        : undefined;
  return (
    <>
      <Field label={t('names')} required hint={t('namesHint')} error={form.tried ? problem : undefined}>
        {(control) => (
          <textarea
            {...control}
            ref={form.fieldRef}
            name="names"
            rows={4}
            value={form.text}
            onChange={(event) => form.changeText(event.target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="w-full rounded-md border border-control bg-surface px-3 py-2 aria-invalid:border-danger max-sm:text-base"
          />
        )}
      </Field>
      {form.takenCount > 0 && (
        <p className="flex flex-wrap items-center gap-2" role="status">
          {t(form.leavesOutTaken ? 'takenLeftOut' : 'takenSome', { count: form.takenCount })}
          {!form.leavesOutTaken && (
            <Button size="small" onClick={form.leaveOutTaken}>
              {t('leaveOutTaken')}
            </Button>
          )}
        </p>
      )}
      {form.names.length > 0 && <NamesPreview names={form.names.slice(0, MOST_CREATED)} />}
    </>
  );
}

function NamesPreview({ names }: { names: AskedName[] }) {
  const t = useTranslations('tokens.create');
  const faulty = names.filter(({ problem }) => problem !== null).length;
  const text = faulty > 0 ? t('previewFaulty', { count: names.length, faulty }) : t('preview', { count: names.length });
  // What needs another look is seen without scrolling.
  const sorted = names.toSorted((a, b) => Number(a.problem === null) - Number(b.problem === null));
  return (
    <ScrollRegion label={text} className="max-h-44 shrink-0">
      <p className="font-medium">{text}</p>
      <ol>
        {sorted.map(({ name, problem }, index) => (
          <li key={index} className="py-0.5 wrap-anywhere">
            <bdi>{name}</bdi>
            {problem && <span className="text-danger"> – {t(`errors.${problem}`)}</span>}
          </li>
        ))}
      </ol>
    </ScrollRegion>
  );
}
