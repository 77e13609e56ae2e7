'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { SecretInput } from '#components/ui/secret-input.tsx';
import {
  type ChangePasswordInput,
  changePasswordSchema,
  LONGEST_PASSWORD,
  SHORTEST_PASSWORD,
} from '#lib/auth/schema.ts';
import { ProblemNotice } from '../../_components/problem-notice.tsx';
import { changePasswordAction } from '../actions.ts';
import { AccountSection } from './account-section.tsx';

type Failure = Exclude<Awaited<ReturnType<typeof changePasswordAction>>, { ok: true }>;

/** No answer came. */
const UNKNOWN = { ok: false, code: 'outcomeUnknown' } as const;

export function PasswordSection({ email }: { email: string }) {
  const t = useTranslations('account.password');
  const [failure, setFailure] = useState<Failure | null>(null);
  const { register, handleSubmit, setFocus, reset, formState } = useForm<ChangePasswordInput>({
    resolver: zodResolver(changePasswordSchema),
    defaultValues: { current: '', next: '' },
  });
  const { errors, isSubmitting } = formState;
  const minutes = failure?.code === 'locked' ? Math.ceil(failure.retryAfterSeconds / 60) : 0;

  async function change(input: ChangePasswordInput) {
    setFailure(null);
    const result = await changePasswordAction(input).catch(() => UNKNOWN);
    if (result.ok) {
      reset();
      toast.success(t('done'));
      return;
    }
    setFailure(result);
    setFocus(
      result.code === 'common' || result.code === 'personal' || result.code === 'unchanged' ? 'next' : 'current',
    );
  }

  return (
    <AccountSection title={t('title')} text={t('text')}>
      <form method="post" noValidate onSubmit={handleSubmit(change)} className="flex flex-col gap-4 sm:max-w-96">
        <ProblemNotice problem={failure?.code ?? null} text={(code) => t(`errors.${code}`, { minutes })} />
        {/* So that a password manager knows whose password this is. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <Field label={t('current')} error={errors.current && t('errors.wrongCurrent')}>
          {(control) => (
            <SecretInput what="password" {...control} {...register('current')} autoComplete="current-password" />
          )}
        </Field>
        <Field
          label={t('next')}
          hint={t('hint', { least: SHORTEST_PASSWORD })}
          error={errors.next && t('errors.length', { least: SHORTEST_PASSWORD, most: LONGEST_PASSWORD })}
        >
          {(control) => <SecretInput what="password" {...control} {...register('next')} autoComplete="new-password" />}
        </Field>
        <Button type="submit" variant="primary" className="self-start" pending={isSubmitting}>
          {t('submit')}
        </Button>
      </form>
    </AccountSection>
  );
}
