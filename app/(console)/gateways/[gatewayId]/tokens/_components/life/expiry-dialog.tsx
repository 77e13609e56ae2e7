'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { DateTime } from '#components/ui/date-time.tsx';
import { strong } from '#components/ui/strong.tsx';
import { useAttempt } from '#components/ui/use-attempt.ts';
import { useReceiptText } from '../../../../_components/use-receipt-text.ts';
import { type ExpiryChoice, ExpiryField, expiryOf } from '../../../_components/create-token/expiry-field.tsx';
import { setTokenExpiryAction } from '../../actions.ts';
import type { LifeProblem } from './life-problem.tsx';
import type { TokenDialogProps } from './token-dialog-props.ts';
import { TokenFormDialog } from './token-form-dialog.tsx';

/** Sets from when a token is refused. */
export function ExpiryDialog({ gateway, token, onClose, returnFocus }: TokenDialogProps) {
  const t = useTranslations('tokens.life.expiry');
  const receiptText = useReceiptText();
  const [choice, setChoice] = useState<ExpiryChoice>({ is: '30' });
  const [tried, setTried] = useState(false);
  const { run, pending, problem } = useAttempt<LifeProblem>(async () => {
    setTried(true);
    const expiresAt = expiryOf(choice);
    if (expiresAt === undefined) return null;
    const result = await setTokenExpiryAction({ gatewayId: gateway.id, ids: [token.id], expiresAt });
    if (!result.ok) return result.code;
    toast.success(t('done', { name: token.name }), { description: receiptText('applied', result.receipt) });
    onClose();
    return null;
  });

  const { expiresAt } = token;
  const description = (
    <>
      {t.rich('text', {
        name: token.name,
        strong,
      })}{' '}
      {expiresAt && t.rich('now', { date: () => <DateTime value={expiresAt} /> })}
    </>
  );
  return (
    <TokenFormDialog
      texts={{ title: t('title'), description, submit: t('submit'), cancel: t('cancel') }}
      problem={problem}
      pending={pending}
      onSubmit={run}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <ExpiryField choice={choice} onChange={setChoice} tried={tried} />
    </TokenFormDialog>
  );
}
