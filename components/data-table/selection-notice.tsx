import { useTranslations } from 'next-intl';
import type { Selection } from '#components/data-table/use-row-selection.ts';
import { Button } from '#components/ui/button.tsx';

type SelectionNoticeProps = {
  selection: Selection;
  /** How many rows this page has, and how many there are on all pages. */
  shown: number;
  total: number;
  /** Whether a search or a filter leaves rows out. */
  narrowed: boolean;
};

/** When the whole page is ticked, offers all that match, on whichever page; then says that this is so. */
export function SelectionNotice({ selection, shown, total, narrowed }: SelectionNoticeProps) {
  const t = useTranslations('dataTable');
  const { choice } = selection;
  const matching = choice.is === 'matching';
  const offered = choice.is === 'rows' && total > shown && Object.keys(selection.state).length >= shown && shown > 0;
  return (
    <div role="status">
      {(matching || offered) && (
        <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 border-b bg-accent-soft px-4 py-1.5">
          <p>
            {matching
              ? t(narrowed ? 'allMatchingSelected' : 'allSelected', { total })
              : t('pageSelected', { count: shown })}
          </p>
          {matching ? (
            <Button variant="ghost" size="small" className="text-accent" onClick={selection.clear}>
              {t('clearSelection')}
            </Button>
          ) : (
            <Button variant="ghost" size="small" className="text-accent" onClick={selection.chooseMatching}>
              {t(narrowed ? 'selectAllMatching' : 'selectAllRows', { total })}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
