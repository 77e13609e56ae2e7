'use client';

import { useTranslations } from 'next-intl';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
} from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import type { Consequence } from './use-gateway-configuration.ts';

type ConfirmConfigurationDialogProps = {
  open: boolean;
  consequences: Consequence[];
  onStay: () => void;
  onApply: () => void;
};

/** Says what a configuration will do to client applications before it does. */
export function ConfirmConfigurationDialog({ open, consequences, onStay, onApply }: ConfirmConfigurationDialogProps) {
  const t = useTranslations('gateway.configure');
  const isHarmless = consequences.every((consequence) => consequence === 'enabled');
  return (
    <AlertDialog open={open} onOpenChange={(next) => !next && onStay()}>
      <AlertDialogContent>
        <AlertDialogTitle>{t('confirm.title')}</AlertDialogTitle>
        <DialogBody>
          <AlertDialogDescription asChild>
            <ul className="flex list-disc flex-col gap-2 pl-5">
              {consequences.map((consequence) => (
                <li key={consequence}>{t(`confirm.${consequence}`)}</li>
              ))}
            </ul>
          </AlertDialogDescription>
        </DialogBody>
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button>{t('confirm.stay')}</Button>
          </AlertDialogCancel>
          <Button variant={isHarmless ? 'primary' : 'danger'} onClick={onApply}>
            {t('confirm.apply')}
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
