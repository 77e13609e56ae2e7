'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Copyable } from '#components/ui/copyable.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { strong } from '#components/ui/strong.tsx';
import { useLeaveWarning } from '#components/ui/use-leave-warning.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import type { CreatedToken } from '#lib/tokens/schema.ts';
import { CloseUncopiedDialog } from '../../../../_components/shown-once/close-uncopied-dialog.tsx';
import { SecretDialogContent } from '../../../../_components/shown-once/secret-dialog-content.tsx';
import { useReceiptText } from '../../../../_components/use-receipt-text.ts';
import type { TokenDialogProps } from './token-dialog-props.ts';

/** What a rotation answered. The secret is here only, until the popup is closed. */
export type Rotated = { created: CreatedToken; previousUntil: string | null; receipt: Receipt };

/** Shows the new secret, and until when the old one works. */
export function RotatedDialog({ token, rotated, onClose, returnFocus }: TokenDialogProps & { rotated: Rotated }) {
  const t = useTranslations('tokens.life.rotated');
  const created = useTranslations('tokens.created');
  const receiptText = useReceiptText();
  const copyRef = useRef<HTMLButtonElement>(null);
  const [copied, setCopied] = useState(false);
  const [asking, setAsking] = useState(false);
  useLeaveWarning(!copied, () => setAsking(true));
  const close = () => (copied ? onClose() : setAsking(true));
  const { previousUntil, receipt } = rotated;

  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <SecretDialogContent
        className="sm:max-w-[46rem]"
        title={t('title')}
        description={t.rich('text', { name: token.name, strong })}
        warning={created('shownOnce')}
        copyRef={copyRef}
        returnFocus={returnFocus}
      >
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
      </SecretDialogContent>
      <CloseUncopiedDialog open={asking} onStay={() => setAsking(false)} onClose={onClose} />
    </Dialog>
  );
}
