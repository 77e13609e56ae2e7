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

type CloseUncopiedDialogProps = { open: boolean; onStay: () => void; onClose: () => void };

/** Asks before a secret that nobody copied is gone for good. */
export function CloseUncopiedDialog({ open, onStay, onClose }: CloseUncopiedDialogProps) {
  const t = useTranslations('tokens.closeUncopied');
  return (
    <AlertDialog open={open} onOpenChange={(next) => !next && onStay()}>
      <AlertDialogContent>
        <AlertDialogTitle>{t('title')}</AlertDialogTitle>
        <DialogBody>
          <AlertDialogDescription>{t('text')}</AlertDialogDescription>
        </DialogBody>
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button>{t('stay')}</Button>
          </AlertDialogCancel>
          <Button variant="danger" onClick={onClose}>
            {t('close')}
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
