'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { ErrorNotice } from '#components/ui/notice.tsx';
import { SecretInput } from '#components/ui/secret-input.tsx';
import { type Credentials, credentialsSchema } from '#lib/auth/schema.ts';
import { requestSession, type SignInProblem } from './request-session.ts';

export function SignInForm({ returnPath }: { returnPath: string }) {
  const t = useTranslations('signIn');
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  // No default values: what was typed before the script ran is kept.
  const { register, handleSubmit, setFocus, formState } = useForm<Credentials>({
    resolver: zodResolver(credentialsSchema),
  });
  const { errors, isSubmitting, isSubmitSuccessful } = formState;

  async function signIn(credentials: Credentials) {
    setProblem(null);
    const found = await requestSession(credentials).catch((): SignInProblem => ({ is: 'unavailable' }));
    setProblem(found);
    if (found) return setFocus('password', { shouldSelect: true });
    // A whole new page, so that nothing that was loaded for another user stays in memory.
    window.location.assign(returnPath);
  }

  return (
    // The method matters before the script runs: a form sent with GET would put the password into the address.
    <form method="post" noValidate onSubmit={handleSubmit(signIn)} className="flex flex-col gap-4">
      {problem && (
        <ErrorNotice>
          {problem.is === 'locked' ? t('errors.locked', { minutes: problem.minutes }) : t(`errors.${problem.is}`)}
        </ErrorNotice>
      )}
      <Field label={t('email')} error={errors.email && t('errors.email')}>
        {(control) => <Input {...control} {...register('email')} type="email" autoComplete="username" autoFocus />}
      </Field>
      <Field label={t('password')} error={errors.password && t('errors.password')}>
        {(control) => (
          <SecretInput what="password" {...control} {...register('password')} autoComplete="current-password" />
        )}
      </Field>
      <Button
        type="submit"
        variant="primary"
        className="mt-1 h-10"
        pending={isSubmitting || (isSubmitSuccessful && !problem)}
      >
        {t('submit')}
      </Button>
    </form>
  );
}
