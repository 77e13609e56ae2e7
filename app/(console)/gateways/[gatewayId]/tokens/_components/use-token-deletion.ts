import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import type { NamedRow } from '#components/data-table/features.ts';
import { useReceiptText } from '../../../_components/use-receipt-text.ts';
import { deleteTokensAction } from '../actions.ts';

type Problem = 'sessionEnded' | 'tokensNotFound' | 'unexpected';

type Handlers = {
  onDeleted: (ids: string[]) => void;
  /** Some were gone already, and so none was deleted. */
  onMissing: (ids: string[]) => void;
};

/** Deletes tokens of a gateway when told to, and knows how that went. */
export function useTokenDeletion(gatewayId: string, tokens: NamedRow[], { onDeleted, onMissing }: Handlers) {
  const t = useTranslations('tokens.delete');
  const receiptText = useReceiptText();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function confirm() {
    if (pending) return;
    setPending(true);
    setProblem(null);
    try {
      const ids = tokens.map(({ id }) => id);
      const result = await deleteTokensAction({ gatewayId, ids });
      if (result.ok) {
        const text = t('done', { count: result.deleted, name: tokens[0]?.name ?? '' });
        toast.success(text, { description: receiptText('refused', result.receipt) });
        return onDeleted(ids);
      }
      setProblem(result.code);
      if (result.code === 'tokensNotFound') onMissing([...result.missingIds]);
    } catch {
      setProblem('unexpected');
    } finally {
      setPending(false);
    }
  }

  return { confirm, pending, problem };
}
