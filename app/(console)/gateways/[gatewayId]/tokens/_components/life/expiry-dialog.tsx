'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { useServerNow } from '#components/server-clock.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { WarningNotice } from '#components/ui/notice.tsx';
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
  const serverNow = useServerNow();
  // As it was when the popup opened, or when the server last said that somebody else has set it.
  const [seen, setSeen] = useState(token.expiresAt);
  const [isConflict, setIsConflict] = useState(false);
  const present = seen === null ? undefined : ({ is: 'kept', at: seen } as const);
  const [choice, setChoice] = useState<ExpiryChoice>(present ?? { is: 'never' });
  const [tried, setTried] = useState(false);
  const { run, pending, problem } = useAttempt<LifeProblem>(async () => {
    setTried(true);
    const chosen = expiryOf(choice, serverNow());
    if ('problem' in chosen) return null;
    if (choice.is === 'kept' || chosen.expiresAt === seen) {
      onClose();
      return null;
    }
    const result = await setTokenExpiryAction({ gatewayId: gateway.id, ids: [token.id], seen, ...chosen });
    if (!result.ok && result.code === 'changedMeanwhile') {
      setSeen(result.expiresAt);
      setIsConflict(true);
      return null;
    }
    if (!result.ok) return result.code;
    toast.success(t('done', { name: token.name }), { description: receiptText('applied', result.receipt) });
    onClose();
    return null;
  });

  return (
    <TokenFormDialog
      texts={{
        title: t('title'),
        description: t.rich('text', { name: token.name, strong }),
        submit: t('submit'),
        cancel: t('cancel'),
      }}
      problem={problem}
      pending={pending}
      onSubmit={run}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      {isConflict && (
        <div role="alert">
          <WarningNotice>
            {seen === null
              ? t('conflictNever')
              : t.rich('conflict', { date: () => <DateTime key="date" value={seen} /> })}
          </WarningNotice>
        </div>
      )}
      <ExpiryField present={present} choice={choice} onChange={setChoice} tried={tried} />
    </TokenFormDialog>
  );
}
