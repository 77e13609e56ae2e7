'use client';

import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import { useEffect } from 'react';
import { Button } from '#components/ui/button.tsx';
import { DialogBody, DialogContent, DialogDescription, DialogFooter, DialogTitle } from '#components/ui/dialog.tsx';
import { strong } from '#components/ui/strong.tsx';
import type { NamedGateway } from '#lib/gateways/schema.ts';
import type { CreatedToken } from '#lib/tokens/schema.ts';
import { ProblemNotice } from '../../../../_components/problem-notice.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { NameField, NamesField } from './token-name-fields.tsx';
import { TwinsNotice } from './twins-notice.tsx';
import { useTokenCreation } from './use-token-creation.ts';

type CreateTokenDialogProps = {
  gateway: NamedGateway;
  /** Whether more was typed than is soon typed again. */
  onDirty: (dirty: boolean) => void;
  onCreated: (created: CreatedToken[]) => void;
};

export function CreateTokenDialog({ gateway, onDirty, onCreated }: CreateTokenDialogProps) {
  const t = useTranslations('tokens.create');
  const form = useTokenCreation(gateway.id, onCreated);
  const { problem, pending, several } = form;
  const isDirty = several && form.text.trim().includes('\n');
  useEffect(() => onDirty(isDirty), [isDirty, onDirty]);
  // Closing while the answer is on its way would lose the only sight of the secret.
  const keepOpen = (event: Event) => event.preventDefault();

  return (
    <DialogContent onInteractOutside={keepOpen} onEscapeKeyDown={pending ? keepOpen : undefined}>
      <DialogTitle>{t('title')}</DialogTitle>
      <form noValidate onSubmit={form.submit} className="contents">
        <DialogBody>
          <ProblemNotice problem={problem} text={(code) => t(`errors.${code}`)} />
          <DialogDescription className="wrap-anywhere">
            {t.rich('description', {
              gateway: gateway.name,
              strong,
            })}
          </DialogDescription>
          <p>{t('usedWith')}</p>
          {several ? <NamesField form={form} /> : <NameField form={form} />}
          <Button
            variant="ghost"
            size="small"
            className="-ml-2.5 self-start text-accent"
            onClick={() => form.setSeveral(!several)}
          >
            {several ? t('one') : t('several')}
          </Button>
          {form.twins.length > 0 && <TwinsNotice twins={form.twins} />}
          <ExpiryField choice={form.expiry} onChange={form.setExpiry} tried={form.tried} />
        </DialogBody>
        <DialogFooter>
          <DialogPrimitive.Close asChild>
            <Button disabled={pending}>{t('cancel')}</Button>
          </DialogPrimitive.Close>
          <Button type="submit" variant="primary" pending={pending}>
            {form.twins.length > 0
              ? t('submitAlike')
              : several && form.names.length > 1 && form.canCreate
                ? t('submitSeveral', { count: form.names.length })
                : t('submit')}
          </Button>
        </DialogFooter>
      </form>
    </DialogContent>
  );
}
