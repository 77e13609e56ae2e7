import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { toast } from 'sonner';
import type { PendingDeletion } from '#components/data-table/deletable-table.tsx';
import type { MatchingChoice } from '#components/data-table/use-row-selection.ts';
import { useAttempt } from '#components/ui/use-attempt.ts';
import { useLeaveWarning } from '#components/ui/use-leave-warning.ts';
import { randomUuid } from '#lib/console/random-uuid.ts';
import type { Receipt } from '#lib/revocation/await-receipt.ts';
import { joinReceipts } from '#lib/revocation/join-receipts.ts';
import type { TokenFilter } from '#lib/tokens/schema.ts';
import { useReceiptText } from '../../../../_components/use-receipt-text.ts';
import { deleteMatchingTokensAction, deleteTokensAction } from '../../actions.ts';
import type { Preview } from './use-deletion-preview.ts';
import { useUndoDeletion } from './use-undo-deletion.tsx';

type TokenDeletionOptions = {
  gatewayId: string;
  query: TokenFilter;
  preview: Preview;
  pendingDeletion: PendingDeletion;
};

type Problem = 'sessionEnded' | 'tokensNotFound' | 'outcomeUnknown' | 'unexpected';

/** Long enough to read it, and to think again. */
const UNDO_TOAST_MS = 15_000;

/** Deletes the chosen tokens of a gateway when told to, and knows how that goes. */
export function useTokenDeletion({ gatewayId, query, preview, pendingDeletion }: TokenDeletionOptions) {
  const { choice } = pendingDeletion;
  const t = useTranslations('tokens.delete');
  const receiptText = useReceiptText();
  const undo = useUndoDeletion(gatewayId);
  const [deleted, setDeleted] = useState<number | null>(null);
  // Of the dialog: a deletion that was cut off goes on where it was, is told of and is undone as a whole.
  const deletionId = useRef<string>(null);
  const receipt = useRef<Receipt>(null);

  function tell(count: number, name: string, receipt: Receipt, id: string) {
    toast.success(t('done', { count, name }), {
      description: receiptText('refused', receipt),
      duration: UNDO_TOAST_MS,
      action: { label: t('undo'), onClick: () => undo(id) },
    });
    pendingDeletion.finish();
  }

  async function deleteRows(rows: { id: string; name: string }[]): Promise<Problem | null> {
    const result = await deleteTokensAction({ gatewayId, ids: rows.map(({ id }) => id) });
    if (result.ok) {
      tell(result.deleted, rows[0]?.name ?? '', result.receipt, result.deletionId);
      return null;
    }
    if (result.code === 'tokensNotFound') pendingDeletion.dropMissing([...result.missingIds]);
    return result.code === 'invalid' ? 'unexpected' : result.code;
  }

  async function deleteMatching({ exceptIds }: MatchingChoice): Promise<Problem | null> {
    if (preview.is !== 'known') return 'unexpected';
    deletionId.current ??= randomUuid();
    const { q, status, unused } = query;
    const filter = { q, status, unused };
    const input = { gatewayId, filter, exceptIds, asOf: preview.facts.asOf, deletionId: deletionId.current };
    for (let count = deleted ?? 0; ; ) {
      setDeleted(count);
      const part = await deleteMatchingTokensAction(input);
      if (!part.ok) return part.code === 'sessionEnded' || part.code === 'outcomeUnknown' ? part.code : 'unexpected';
      count += part.deleted;
      receipt.current = joinReceipts(receipt.current, part.receipt);
      if (part.more) continue;
      tell(Math.max(count, part.inAll), '', receipt.current, input.deletionId);
      return null;
    }
  }

  const attempt = useAttempt(() => (choice.is === 'rows' ? deleteRows(choice.rows) : deleteMatching(choice)));
  // Parts that are not asked for yet would never be.
  useLeaveWarning(attempt.pending && choice.is === 'matching');
  return { ...attempt, deleted };
}
