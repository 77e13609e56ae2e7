'use client';

import { useTranslations } from 'next-intl';
import type { NamedRow } from '#components/data-table/features.ts';
import { DeleteDialog, NameList } from '../../../../_components/delete-dialog.tsx';
import { useTokenDeletion } from './use-token-deletion.ts';

type DeleteTokensDialogProps = {
  gatewayId: string;
  tokens: NamedRow[];
  onDeleted: () => void;
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
  const { run, pending, problem } = useTokenDeletion(gatewayId, tokens, { onDeleted, onMissing });

  return (
    <DeleteDialog
      title={t('title', { count: tokens.length })}
      description={t('description', { count: tokens.length })}
      problem={problem && (problem === 'sessionEnded' ? { is: problem } : { is: 'text', text: t(`errors.${problem}`) })}
      pending={pending}
      ready={tokens.length > 0}
      onConfirm={run}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      {tokens.length > 0 && <NameList label={t('chosen')} names={tokens} />}
    </DeleteDialog>
  );
}
