'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '#components/ui/button.tsx';
import { DialogBody, DialogContent, DialogDescription, DialogFooter, DialogTitle } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { ErrorNotice } from '#components/ui/notice.tsx';
import { NAME_PROBLEMS } from '#lib/tokens/name.ts';
import { type CreatedToken, tokenNameSchema } from '#lib/tokens/schema.ts';
import { SessionEndedNotice } from '../../../../_components/session-ended-notice.tsx';
import { createTokenAction } from '../actions.ts';
import type { NamedGateway } from './create-token-button.tsx';

const formSchema = z.object({ name: tokenNameSchema });

/** What can be wrong with the name alone is said below its field, the rest above it. */
const fieldProblemSchema = z.enum([...NAME_PROBLEMS, 'nameTaken']);

type FormProblem = 'sessionEnded' | 'gatewayNotFound' | 'unexpected';

type CreateTokenDialogProps = { gateway: NamedGateway; onCreated: (created: CreatedToken) => void };

export function CreateTokenDialog({ gateway, onCreated }: CreateTokenDialogProps) {
  const t = useTranslations('tokens.create');
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(formSchema),
    defaultValues: { name: '' },
  });
  const { errors, isSubmitting } = formState;
  const fieldProblem = fieldProblemSchema.safeParse(errors.name?.message).data;

  async function create({ name }: z.infer<typeof formSchema>) {
    setProblem(null);
    try {
      const result = await createTokenAction({ gatewayId: gateway.id, name });
      if (result.ok) return onCreated(result.created);
      if (result.code === 'sessionEnded' || result.code === 'gatewayNotFound') return setProblem(result.code);
      setError('name', { message: result.code }, { shouldFocus: true });
    } catch {
      setProblem('unexpected');
    }
  }

  // Closing while the answer is on its way would lose the only sight of the secret.
  const keepOpen = (event: Event) => event.preventDefault();

  return (
    <DialogContent onInteractOutside={keepOpen} onEscapeKeyDown={isSubmitting ? keepOpen : undefined}>
      <DialogTitle>{t('title')}</DialogTitle>
      <form noValidate onSubmit={handleSubmit(create)} className="contents">
        <DialogBody>
          {problem === 'sessionEnded' && <SessionEndedNotice />}
          {problem === 'gatewayNotFound' && <ErrorNotice>{t('errors.gatewayNotFound')}</ErrorNotice>}
          {problem === 'unexpected' && <ErrorNotice>{t('errors.unexpected')}</ErrorNotice>}
          <DialogDescription className="wrap-anywhere">
            {t.rich('description', {
              gateway: gateway.name,
              strong: (children) => <strong className="font-semibold">{children}</strong>,
            })}
          </DialogDescription>
          <Field label={t('name')} required hint={t('hint')} error={fieldProblem && t(`errors.${fieldProblem}`)}>
            {(control) => (
              <Input {...control} {...register('name')} autoComplete="off" autoCapitalize="none" spellCheck={false} />
            )}
          </Field>
        </DialogBody>
        <DialogFooter>
          <DialogPrimitive.Close asChild>
            <Button disabled={isSubmitting}>{t('cancel')}</Button>
          </DialogPrimitive.Close>
          <Button type="submit" variant="primary" pending={isSubmitting}>
            {t('submit')}
          </Button>
        </DialogFooter>
      </form>
    </DialogContent>
  );
}
