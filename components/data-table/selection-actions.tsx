import { Trash2, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';

type SelectionActionsProps = { count: number; onDelete: () => void; onClear: () => void };

/** What can be done with the ticked rows. */
export function SelectionActions({ count, onDelete, onClear }: SelectionActionsProps) {
  const t = useTranslations('dataTable');
  return (
    <>
      <Button variant={count > 0 ? 'dangerGhost' : 'ghost'} disabled={count === 0} onClick={onDelete}>
        <Trash2 aria-hidden />
        {t('deleteSelected')}
      </Button>
      {count > 0 && (
        <Button variant="ghost" size="small" onClick={onClear} title={t('clearSelection')}>
          {t('selected', { count })}
          <X aria-hidden />
          <span className="sr-only">{t('clearSelection')}</span>
        </Button>
      )}
    </>
  );
}
