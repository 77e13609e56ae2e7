import { Trash2, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type Choice, countOf } from '#components/data-table/use-row-selection.ts';
import { useTotalText } from '#components/data-table/use-total-text.ts';
import { Button } from '#components/ui/button.tsx';

type SelectionActionsProps = { choice: Choice; onDelete: () => void; onClear: () => void };

/** What can be done with the ticked rows. */
export function SelectionActions({ choice, onDelete, onClear }: SelectionActionsProps) {
  const t = useTranslations('dataTable');
  const totalText = useTotalText();
  const count = countOf(choice);
  return (
    <>
      <Button variant={count > 0 ? 'dangerGhost' : 'ghost'} disabled={count === 0} onClick={onDelete}>
        <Trash2 aria-hidden />
        {t('deleteSelected')}
      </Button>
      {count > 0 && (
        <Button variant="ghost" size="small" onClick={onClear} title={t('clearSelection')}>
          {t('selected', { count: totalText(count, choice.is === 'matching' && choice.more) })}
          <X aria-hidden />
          <span className="sr-only">{t('clearSelection')}</span>
        </Button>
      )}
    </>
  );
}
