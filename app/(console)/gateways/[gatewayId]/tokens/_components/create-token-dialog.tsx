'use client';

import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import { Button } from '#components/ui/button.tsx';
import { DialogBody, DialogContent, DialogDescription, DialogFooter, DialogTitle } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { ErrorNotice } from '#components/ui/notice.tsx';
import type { CreatedToken } from '#lib/tokens/schema.ts';
import { SessionEndedNotice } from '../../../../_components/session-ended-notice.tsx';
import type { NamedGateway } from './create-token-button.tsx';
import { useTokenCreation } from './use-token-creation.ts';

type CreateTokenDialogProps = { gateway: NamedGateway; onCreated: (created: CreatedToken) => void };

export function CreateTokenDialog({ gateway, onCreated }: CreateTokenDialogProps) {
  const t = useTranslations('tokens.create');
  const { register, submit, problem, fieldProblem, pending } = useTokenCreation(gateway.id, onCreated);
  // Closing while the answer is on its way would lose the only sight of the secret.
  const keepOpen = (event: Event) => event.preventDefault();

  return (
    <DialogContent onInteractOutside={keepOpen} onEscapeKeyDown={pending ? keepOpen : undefined}>
      <DialogTitle>{t('title')}</DialogTitle>
      <form noValidate onSubmit={submit} className="contents">
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
            <Button disabled={pending}>{t('cancel')}</Button>
          </DialogPrimitive.Close>
          <Button type="submit" variant="primary" pending={pending}>
            {t('submit')}
          </Button>
        </DialogFooter>
      </form>
    </DialogContent>
  );
}
