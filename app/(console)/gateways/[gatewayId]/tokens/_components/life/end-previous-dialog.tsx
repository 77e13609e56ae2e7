'use client';

import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
} from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { strong } from '#components/ui/strong.tsx';
import { useAttempt } from '#components/ui/use-attempt.ts';
import { useReceiptText } from '../../../../_components/use-receipt-text.ts';
import { endPreviousSecretAction } from '../../actions.ts';
import { type LifeProblem, LifeProblemNotice } from './life-problem.tsx';
import type { TokenDialogProps } from './token-dialog-props.ts';

/** Asks before the old secret of a rotated token ends early. */
export function EndPreviousDialog({ gateway, token, onClose, returnFocus }: TokenDialogProps) {
  const t = useTranslations('tokens.life.endPrevious');
  const receiptText = useReceiptText();
  const masked = token.previous?.masked ?? '';
  const { run, pending, problem } = useAttempt<LifeProblem>(async () => {
    const result = await endPreviousSecretAction({ gatewayId: gateway.id, id: token.id, masked });
    if (!result.ok) return result.code;
    toast.success(t('done', { name: token.name }), { description: receiptText('refused', result.receipt) });
    onClose();
    return null;
  });
  return (
    <AlertDialog open onOpenChange={(open) => !open && !pending && onClose()}>
      <AlertDialogContent
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          returnFocus();
        }}
      >
        <AlertDialogTitle>{t('title')}</AlertDialogTitle>
        <DialogBody>
          <LifeProblemNotice problem={problem} />
          <AlertDialogDescription className="wrap-anywhere">
            {t.rich('text', {
              name: token.name,
              masked,
              strong,
              code: (children) => <code className="font-mono text-[0.8125rem]">{children}</code>,
            })}
          </AlertDialogDescription>
        </DialogBody>
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button disabled={pending}>{t('cancel')}</Button>
          </AlertDialogCancel>
          <Button variant="danger" pending={pending} onClick={run}>
            {t('submit')}
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
