'use client';

import { useTranslations } from 'next-intl';
import type { PendingDeletion } from '#components/data-table/deletable-table.tsx';
import { countOf } from '#components/data-table/use-row-selection.ts';
import type { TokenQuery } from '#lib/tokens/schema.ts';
import { DeleteDialog, NameList } from '../../../../../_components/delete-dialog.tsx';
import { ProblemNotice } from '../../../../../_components/problem-notice.tsx';
import { DeletionProgress, RecentUse } from './deletion-facts.tsx';
import { useDeletionPreview } from './use-deletion-preview.ts';
import { useTokenDeletion } from './use-token-deletion.ts';

type DeleteTokensDialogProps = { gatewayId: string; query: TokenQuery; pendingDeletion: PendingDeletion };

/** Names what is about to be deleted, and says what of it is in use. Opens by being rendered. */
export function DeleteTokensDialog({ gatewayId, query, pendingDeletion }: DeleteTokensDialogProps) {
  const { choice } = pendingDeletion;
  const t = useTranslations('tokens.delete');
  const preview = useDeletionPreview(gatewayId, query, choice);
  const deletion = useTokenDeletion({ gatewayId, query, preview, pendingDeletion });
  const { pending, problem } = deletion;
  const known = choice.is === 'matching' && preview.is === 'known' ? preview.facts.tokens : null;
  const count = known ?? countOf(choice);

  return (
    <DeleteDialog
      title={t('title', { count })}
      description={t('description', { count })}
      problem={<ProblemNotice problem={problem} text={(code) => t(`errors.${code}`)} />}
      pending={pending}
      // All that match are deleted as they were counted.
      ready={count > 0 && (choice.is === 'rows' || preview.is === 'known')}
      onConfirm={deletion.run}
      onClose={pendingDeletion.cancel}
      returnFocus={pendingDeletion.returnFocus}
    >
      {choice.is === 'rows' && choice.rows.length > 0 && <NameList label={t('chosen')} names={choice.rows} />}
      {count > 0 && <RecentUse preview={preview} />}
      {choice.is === 'matching' && deletion.deleted !== null && <DeletionProgress done={deletion.deleted} of={count} />}
    </DeleteDialog>
  );
}
