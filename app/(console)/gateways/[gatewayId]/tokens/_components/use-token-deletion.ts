import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { deleteTokensAction } from '../actions.ts';
import type { NamedToken } from './delete-tokens-dialog.tsx';

type Problem = 'sessionEnded' | 'tokensNotFound' | 'unexpected';

type Handlers = {
  onDeleted: (ids: string[]) => void;
  /** Some were gone already, and so none was deleted. */
  onMissing: (ids: string[]) => void;
};

/** Deletes tokens of a gateway when told to, and knows how that went. */
export function useTokenDeletion(gatewayId: string, tokens: NamedToken[], { onDeleted, onMissing }: Handlers) {
  const t = useTranslations('tokens.delete');
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
        toast.success(t('done', { count: result.deleted, name: tokens[0]?.name ?? '' }));
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
