'use client';

import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '#components/ui/button.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { useAttempt } from '#components/ui/use-attempt.ts';
import { useReceiptText } from '../../../_components/use-receipt-text.ts';
import { setTokenExpiryAction } from '../actions.ts';
import { type ExpiryChoice, ExpiryField, expiryOf } from './expiry-field.tsx';
import { type LifeProblem, LifeProblemNotice } from './life-problem.tsx';
import type { TokenDialogProps } from './token-life.tsx';

/** Sets from when a token is refused. */
export function ExpiryDialog({ gateway, token, onClose, returnFocus }: TokenDialogProps) {
  const t = useTranslations('tokens.life.expiry');
  const receiptText = useReceiptText();
  const [choice, setChoice] = useState<ExpiryChoice>({ is: '30' });
  const [tried, setTried] = useState(false);
  const { run, pending, problem } = useAttempt<LifeProblem>(async () => {
    const expiresAt = expiryOf(choice);
    if (expiresAt === undefined) return null;
    const result = await setTokenExpiryAction({ gatewayId: gateway.id, ids: [token.id], expiresAt });
    if (!result.ok) return result.code;
    toast.success(t('done', { name: token.name }), { description: receiptText('applied', result.receipt) });
    onClose();
    return null;
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    void run();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && !pending && onClose()}>
      <DialogContent
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          returnFocus();
        }}
      >
        <DialogTitle>{t('title')}</DialogTitle>
        <form noValidate onSubmit={submit} className="contents">
          <DialogBody>
            <LifeProblemNotice problem={problem} />
            <DialogDescription className="wrap-anywhere">
              {t.rich('text', {
                name: token.name,
                strong: (children) => <strong className="font-semibold">{children}</strong>,
              })}{' '}
              {token.expiresAt && t.rich('now', { date: () => <DateTime value={token.expiresAt ?? ''} /> })}
            </DialogDescription>
            <ExpiryField choice={choice} onChange={setChoice} tried={tried} />
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
    </Dialog>
  );
}
