'use client';

import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { NamedRow } from '#components/data-table/features.ts';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
} from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { ErrorNotice } from '#components/ui/notice.tsx';
import { SessionEndedNotice } from '../../../../_components/session-ended-notice.tsx';
import { useTokenDeletion } from './use-token-deletion.ts';

/** More names than this are counted and not listed. */
const MOST_LISTED = 20;

type DeleteTokensDialogProps = {
  gatewayId: string;
  tokens: NamedRow[];
  onDeleted: (ids: string[]) => void;
  /** Some were gone already, and so none was deleted. */
  onMissing: (ids: string[]) => void;
  onClose: () => void;
  /** Where the keyboard goes when the dialog has closed. */
  returnFocus: () => void;
};

/** Names what is about to be deleted. Opens by being rendered. */
export function DeleteTokensDialog(props: DeleteTokensDialogProps) {
  const { gatewayId, tokens, onDeleted, onMissing, onClose, returnFocus } = props;
  const t = useTranslations('tokens.delete');
  const { confirm, pending, problem } = useTokenDeletion(gatewayId, tokens, { onDeleted, onMissing });

  return (
    <AlertDialog open onOpenChange={(open) => !open && !pending && onClose()}>
      <AlertDialogContent
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          returnFocus();
        }}
      >
        <AlertDialogTitle>{t('title', { count: tokens.length })}</AlertDialogTitle>
        <DialogBody>
          {problem === 'sessionEnded' && <SessionEndedNotice />}
          {problem === 'tokensNotFound' && <ErrorNotice>{t('errors.tokensNotFound')}</ErrorNotice>}
          {problem === 'unexpected' && <ErrorNotice>{t('errors.unexpected')}</ErrorNotice>}
          <AlertDialogDescription>{t('description', { count: tokens.length })}</AlertDialogDescription>
          {tokens.length > 0 && <TokenNames tokens={tokens} />}
        </DialogBody>
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button disabled={pending}>{t('cancel')}</Button>
          </AlertDialogCancel>
          <Button variant="danger" pending={pending} disabled={tokens.length === 0} onClick={confirm}>
            {!pending && <Trash2 aria-hidden />}
            {t('confirm')}
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}

function TokenNames({ tokens }: { tokens: NamedRow[] }) {
  const t = useTranslations('tokens.delete');
  const more = tokens.length - MOST_LISTED;
  return (
    <section
      aria-label={t('chosen')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard, too
      tabIndex={0}
      className="max-h-60 min-h-12 overflow-y-auto rounded-md border bg-sunken px-4 py-2"
    >
      <ul>
        {tokens.slice(0, MOST_LISTED).map(({ id, name }) => (
          <li key={id} className="py-1 font-medium wrap-anywhere">
            <bdi>{name}</bdi>
          </li>
        ))}
        {more > 0 && <li className="py-1 text-muted">{t('andMore', { count: more })}</li>}
      </ul>
    </section>
  );
}
