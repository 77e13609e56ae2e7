import { zodResolver } from '@hookform/resolvers/zod';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { providersFormSchema } from '#lib/providers/inputs.ts';
import { requireKeys } from '#lib/providers/missing-keys.ts';
import type { ProviderRow } from '#lib/providers/schema.ts';
import { fieldOf, toFormValue } from '../../../_components/provider-form/provider-form-values.ts';
import { useReceiptText } from '../../../_components/use-receipt-text.ts';
import { saveProvidersAction } from '../actions.ts';

type Problem = 'sessionEnded' | 'gatewayNotFound' | 'invalid' | 'outcomeUnknown' | 'unexpected';

/** The form that changes a gateway's providers. Whatever goes wrong, what was typed stays in it. */
export function useProvidersSaving(gateway: { id: string; name: string }, stored: ProviderRow[], onSaved: () => void) {
  const t = useTranslations('providers.manage');
  const receiptText = useReceiptText();
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useForm({
    resolver: zodResolver(providersFormSchema.superRefine(requireKeys(stored))),
    defaultValues: { providers: stored.map(toFormValue) },
  });

  const save = form.handleSubmit(
    async ({ providers }) => {
      setProblem(null);
      try {
        const result = await saveProvidersAction({ gatewayId: gateway.id, providers });
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

  return {
    form,
    /** Once per answer. */
    submit: (event: FormEvent) => (form.formState.isSubmitting ? event.preventDefault() : save(event)),
    problem,
    pending: form.formState.isSubmitting,
  };
}
