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

type DiscardDialogProps = { open: boolean; onStay: () => void; onLeave: () => void };

/** Asks before something typed is lost. */
export function DiscardDialog({ open, onStay, onLeave }: DiscardDialogProps) {
  const t = useTranslations('discard');
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
          <Button variant="danger" onClick={onLeave}>
            {t('leave')}
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
