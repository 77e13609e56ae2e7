import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import type { NamedRow } from '#components/data-table/features.ts';
import { deleteGatewaysAction } from '../actions.ts';
import { useReceiptText } from './use-receipt-text.ts';

type Problem = 'sessionEnded' | 'gatewaysNotFound' | 'unexpected';

/** Deletes gateways when told to, and knows how that went. */
export function useGatewayDeletion(gateways: NamedRow[], onDeleted: (ids: string[]) => void) {
  const t = useTranslations('gateways.delete');
  const receiptText = useReceiptText();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function confirm() {
    if (pending) return;
    setPending(true);
    setProblem(null);
    try {
      const ids = gateways.map(({ id }) => id);
      const result = await deleteGatewaysAction({ ids });
      if (!result.ok) return setProblem(result.code);
      const text = t('done', { count: result.deleted, name: gateways[0]?.name ?? '' });
      toast.success(text, { description: receiptText('refused', result.receipt) });
      onDeleted(ids);
    } catch {
      setProblem('unexpected');
    } finally {
      setPending(false);
    }
  }

  return { confirm, pending, problem };
}
