import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import type { NamedRow } from '#components/data-table/features.ts';
import { useAttempt } from '#components/ui/use-attempt.ts';
import { deleteGatewaysAction } from '../actions.ts';
import { useReceiptText } from './use-receipt-text.ts';

/** Deletes gateways when told to, and knows how that went. */
export function useGatewayDeletion(gateways: NamedRow[], onDeleted: () => void) {
  const t = useTranslations('gateways.delete');
  const receiptText = useReceiptText();
  return useAttempt(async () => {
    const result = await deleteGatewaysAction({ ids: gateways.map(({ id }) => id) });
    if (!result.ok) return result.code;
    const text = t('done', { count: result.deleted, name: gateways[0]?.name ?? '' });
    toast.success(text, { description: receiptText('refused', result.receipt) });
    onDeleted();
    return null;
  });
}
