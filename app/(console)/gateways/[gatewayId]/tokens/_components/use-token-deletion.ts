import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import type { NamedRow } from '#components/data-table/features.ts';
import { useAttempt } from '#components/ui/use-attempt.ts';
import { useReceiptText } from '../../../_components/use-receipt-text.ts';
import { deleteTokensAction } from '../actions.ts';

type Handlers = {
  onDeleted: () => void;
  /** Some were gone already, and so none was deleted. */
  onMissing: (ids: string[]) => void;
};

/** Deletes tokens of a gateway when told to, and knows how that went. */
export function useTokenDeletion(gatewayId: string, tokens: NamedRow[], { onDeleted, onMissing }: Handlers) {
  const t = useTranslations('tokens.delete');
  const receiptText = useReceiptText();
  return useAttempt(async () => {
    const result = await deleteTokensAction({ gatewayId, ids: tokens.map(({ id }) => id) });
    if (!result.ok) {
      if (result.code === 'tokensNotFound') onMissing([...result.missingIds]);
      return result.code === 'invalid' ? 'unexpected' : result.code;
    }
    const text = t('done', { count: result.deleted, name: tokens[0]?.name ?? '' });
    toast.success(text, { description: receiptText('refused', result.receipt) });
    onDeleted();
    return null;
  });
}
