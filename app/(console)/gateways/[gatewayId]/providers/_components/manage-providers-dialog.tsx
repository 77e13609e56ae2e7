'use client';

import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import { useEffect } from 'react';
import { FormProvider } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import { DialogBody, DialogContent, DialogDescription, DialogFooter, DialogTitle } from '#components/ui/dialog.tsx';
import { strong } from '#components/ui/strong.tsx';
import type { ProviderRow } from '#lib/providers/schema.ts';
import { ProblemNotice } from '../../../../_components/problem-notice.tsx';
import { ProvidersEditor } from '../../../_components/provider-form/providers-editor.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { RemovalSummary } from './removal-summary.tsx';
import { useProvidersSaving } from './use-providers-saving.ts';

type ManageProvidersDialogProps = {
  gateway: { id: string; name: string };
  shown: ProviderRow[];
  onDirty: (dirty: boolean) => void;
  onSaved: () => void;
};

export function ManageProvidersDialog({ gateway, shown, onDirty, onSaved }: ManageProvidersDialogProps) {
  const t = useTranslations('providers.manage');
  const { form, stored, conflicts, settle, submit, problem, pending } = useProvidersSaving(gateway, shown, onSaved);
  const { isDirty } = form.formState;
  useEffect(() => onDirty(isDirty), [isDirty, onDirty]);
  const keepOpen = (event: Event) => event.preventDefault();
  return (
    <DialogContent
      className="sm:max-w-[56rem]"
      onInteractOutside={keepOpen}
      onEscapeKeyDown={pending ? keepOpen : undefined}
    >
      <DialogTitle>
        {t('title')}
        <span className="block font-normal wrap-anywhere text-muted">{t('subtitle', { gateway: gateway.name })}</span>
      </DialogTitle>
      <FormProvider {...form}>
        <form noValidate onSubmit={submit} className="contents">
          <DialogBody>
            <ProblemNotice problem={problem} text={(code) => t(`errors.${code}`)} />
            <ConflictNotice conflicts={conflicts} stored={stored} onSettle={settle} />
            <DialogDescription>{t.rich('text', { strong })}</DialogDescription>
            <ProvidersEditor gatewayId={gateway.id} stored={stored} />
            <RemovalSummary stored={stored} />
          </DialogBody>
          <DialogFooter>
            <DialogPrimitive.Close asChild>
              <Button disabled={pending}>{t('cancel')}</Button>
            </DialogPrimitive.Close>
            <Button type="submit" variant="primary" pending={pending}>
              {t('save')}
            </Button>
          </DialogFooter>
        </form>
      </FormProvider>
    </DialogContent>
  );
}
