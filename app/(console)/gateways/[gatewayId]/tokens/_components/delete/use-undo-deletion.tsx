import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { outcomeUnknownToast } from '../../../../../_components/outcome-unknown.tsx';
import { undoDeletionAction } from '../../actions.ts';

/** Names that are said; others are counted. */
const MOST_SAID = 5;

/** Brings back what one deletion took, and says how that went. */
export function useUndoDeletion(gatewayId: string) {
  const t = useTranslations('tokens.undo');

  return async (deletionId: string): Promise<void> => {
    try {
      const result = await undoDeletionAction({ gatewayId, deletionId });
      if (!result.ok) {
        if (result.code === 'outcomeUnknown') return outcomeUnknownToast();
        toast.error(t(`errors.${result.code === 'invalid' ? 'unexpected' : result.code}`));
        return;
      }
      const { restored, nameTaken } = result;
      const text = t('done', { count: restored });
      if (nameTaken.length === 0) {
        toast.success(text);
        return;
      }
      const names = nameTaken.slice(0, MOST_SAID).join(', ');
      toast.warning(text, { description: t('nameTaken', { count: nameTaken.length, names }), duration: 20_000 });
    } catch {
      outcomeUnknownToast();
    }
  };
}
