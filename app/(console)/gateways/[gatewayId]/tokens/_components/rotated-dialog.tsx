'use client';

import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import { useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { useLeaveWarning } from '#components/ui/use-leave-warning.ts';
import { useReceiptText } from '../../../_components/use-receipt-text.ts';
import { CloseUncopiedDialog } from './close-uncopied-dialog.tsx';
import type { Rotated } from './rotate-dialog.tsx';
import type { TokenDialogProps } from './token-life.tsx';

/** The only sight of the new secret, so a click beside the popup does not close it. */
export function RotatedDialog({ token, rotated, onClose, returnFocus }: TokenDialogProps & { rotated: Rotated }) {
  const t = useTranslations('tokens.life.rotated');
  const created = useTranslations('tokens.created');
  const receiptText = useReceiptText();
  const copyRef = useRef<HTMLButtonElement>(null);
  const [copied, setCopied] = useState(false);
  const [asking, setAsking] = useState(false);
  useLeaveWarning(!copied);
  const close = () => (copied ? onClose() : setAsking(true));
  const { previousUntil, receipt } = rotated;

  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        className="sm:max-w-[46rem]"
        onInteractOutside={(event) => event.preventDefault()}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          copyRef.current?.focus();
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          returnFocus();
        }}
      >
        <DialogTitle>{t('title')}</DialogTitle>
        <DialogBody>
          <DialogDescription className="wrap-anywhere">
            {t.rich('text', {
              name: token.name,
              strong: (children) => <strong className="font-semibold">{children}</strong>,
            })}
          </DialogDescription>
          <p className="rounded-md bg-warning-soft px-3 py-2 font-medium text-warning">{created('shownOnce')}</p>
          <div className="flex min-w-0 rounded-md border px-4 py-3">
            <Copyable
              text={rotated.created.token}
              what={created('token')}
              onCopied={() => setCopied(true)}
              buttonRef={copyRef}
            />
          </div>
          <p>
            {previousUntil
              ? t.rich('previousUntil', { date: () => <DateTime value={previousUntil} /> })
              : t('previousEnded')}{' '}
            <span className="text-muted">{receiptText(previousUntil ? 'applied' : 'refused', receipt)}</span>
          </p>
        </DialogBody>
        <DialogFooter>
          <DialogPrimitive.Close asChild>
            <Button>{created('close')}</Button>
          </DialogPrimitive.Close>
        </DialogFooter>
      </DialogContent>
      <CloseUncopiedDialog open={asking} onStay={() => setAsking(false)} onClose={onClose} />
    </Dialog>
  );
}
