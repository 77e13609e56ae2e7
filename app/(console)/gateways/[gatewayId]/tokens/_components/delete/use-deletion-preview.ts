import { useEffect, useState } from 'react';
import type { Choice } from '#components/data-table/use-row-selection.ts';
import type { DeletionPreview } from '#lib/tokens/preview-deletion.ts';
import type { TokenFilter } from '#lib/tokens/schema.ts';
import { previewDeletionAction, previewMatchingAction } from '../../actions.ts';

/** What is known of the chosen tokens' use. Not to know it is said, and keeps nobody from deleting rows. */
export type Preview = { is: 'asked' } | { is: 'known'; facts: DeletionPreview } | { is: 'unknown' };

/** Asks, when a dialog opens, what deleting the chosen tokens would break. */
export function useDeletionPreview(gatewayId: string, { q, status, unused }: TokenFilter, choice: Choice): Preview {
  const [preview, setPreview] = useState<Preview>({ is: 'asked' });
  const chosen = JSON.stringify(
    choice.is === 'rows'
      ? { gatewayId, ids: choice.rows.map(({ id }) => id) }
      : { gatewayId, filter: { q, status, unused }, exceptIds: choice.exceptIds },
  );

  useEffect(() => {
    let current = true;
    const action = choice.is === 'rows' ? previewDeletionAction : previewMatchingAction;
    const settle = (found: Preview) => current && setPreview(found);
    action(JSON.parse(chosen)).then(
      (result) => settle(result.ok ? { is: 'known', facts: result.value } : { is: 'unknown' }),
      () => settle({ is: 'unknown' }),
    );
    return () => {
      current = false;
    };
  }, [choice.is, chosen]);

  return preview;
}
