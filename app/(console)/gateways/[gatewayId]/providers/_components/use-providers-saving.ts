import { zodResolver } from '@hookform/resolvers/zod';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { providersFormSchema } from '#lib/providers/inputs.ts';
import { findNewcomers, mergeProviders, type ProviderConflict, toSeen } from '#lib/providers/merge-providers.ts';
import { requireKeys } from '#lib/providers/missing-keys.ts';
import type { ProviderRow } from '#lib/providers/schema.ts';
import { fieldOf, toFormValue } from '../../../_components/provider-form/provider-form-values.ts';
import { useReceiptText } from '../../../_components/use-receipt-text.ts';
import { saveProvidersAction } from '../actions.ts';
import { takeTheirs } from './take-theirs.ts';

type Problem = 'sessionEnded' | 'gatewayNotFound' | 'invalid' | 'outcomeUnknown' | 'unexpected';

/** The form that changes a gateway's providers. Whatever goes wrong, what was typed stays in it. */
export function useProvidersSaving(gateway: { id: string; name: string }, shown: ProviderRow[], onSaved: () => void) {
  const t = useTranslations('providers.manage');
  const receiptText = useReceiptText();
  const [problem, setProblem] = useState<Problem | null>(null);
  // As it was when the popup opened, or when the server last said what somebody else has made of it: a refresh behind
  // the popup must not change what saving would remove.
  const [stored, setStored] = useState(shown);
  const [conflicts, setConflicts] = useState<ProviderConflict[]>([]);
  const form = useForm({
    resolver: zodResolver(providersFormSchema.superRefine(requireKeys(stored))),
    defaultValues: { providers: shown.map(toFormValue) },
  });

  const save = form.handleSubmit(
    async ({ providers }) => {
      setProblem(null);
      setConflicts([]);
      try {
        const result = await saveProvidersAction({ gatewayId: gateway.id, seen: stored.map(toSeen), providers });
        if (!result.ok && result.code === 'conflict') return beginAnew(result.stored, result.conflicts);
        if (!result.ok) {
          setProblem(result.code);
          if (result.code !== 'invalid') return;
          for (const [at, issue] of result.issues.entries()) {
            form.setError(fieldOf(issue), { message: issue.message }, { shouldFocus: at === 0 });
          }
          return;
        }
        toast.success(t('done', { gateway: gateway.name }), { description: receiptText('applied', result.receipt) });
        onSaved();
      } catch {
        setProblem('outcomeUnknown');
      }
    },
    () => setProblem('invalid'),
  );

  /** The form goes on from what is stored now. What was typed stays, and where it conflicts, it is a question. */
  function beginAnew(now: ProviderRow[], found: ProviderConflict[]) {
    const mine = form.getValues('providers');
    const { providers } = mergeProviders(stored.map(toSeen), mine, now.map(toSeen));
    const newcomers = findNewcomers(stored, mine, now).map(toFormValue);
    form.setValue('providers', [...providers, ...newcomers], { shouldDirty: true });
    setStored(now);
    setConflicts(found);
  }

  function settle(conflict: ProviderConflict, choice: 'mine' | 'theirs') {
    setConflicts((before) => before.filter((other) => other !== conflict));
    if (choice === 'mine') return;
    form.setValue('providers', takeTheirs(form.getValues('providers'), conflict, stored), { shouldDirty: true });
  }

  return {
    form,
    stored,
    conflicts,
    settle,
    /** Once per answer. */
    submit: (event: FormEvent) => (form.formState.isSubmitting ? event.preventDefault() : save(event)),
    problem,
    pending: form.formState.isSubmitting,
  };
}
