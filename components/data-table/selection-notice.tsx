import { useTranslations } from 'next-intl';
import type { Selection } from '#components/data-table/use-row-selection.ts';
import { useTotalText } from '#components/data-table/use-total-text.ts';
import { Button } from '#components/ui/button.tsx';

type SelectionNoticeProps = {
  selection: Selection;
  page: { rows: readonly unknown[]; total: number; more?: boolean };
  /** Whether a search or a filter leaves rows out. */
  narrowed: boolean;
};

/** When the whole page is ticked, offers all that match, on whichever page; then says that this is so. */
export function SelectionNotice({ selection, page, narrowed }: SelectionNoticeProps) {
  const t = useTranslations('dataTable');
  const totalText = useTotalText();
  const { choice } = selection;
  const shown = page.rows.length;
  const pageIsTicked = shown > 0 && Object.keys(selection.state).length >= shown;
  if (choice.is === 'matching') {
    const total = totalText(choice.total, choice.more);
    return (
      <Line text={t(narrowed ? 'allMatchingSelected' : 'allSelected', { total })}>
        <Button variant="ghost" size="small" className="text-accent" onClick={selection.clear}>
          {t('clearSelection')}
        </Button>
      </Line>
    );
  }
  if (!pageIsTicked || page.total <= shown) return <Line text={null} />;
  const total = totalText(page.total, page.more);
  return (
    <Line text={t('pageSelected', { count: shown })}>
      <Button variant="ghost" size="small" className="text-accent" onClick={() => selection.chooseMatching()}>
        {t(narrowed ? 'selectAllMatching' : 'selectAllRows', { total })}
      </Button>
    </Line>
  );
}

/** Always there, so that its text is read out when it comes. */
function Line({ text, children }: { text: string | null; children?: React.ReactNode }) {
  return (
    <div role="status">
      {text && (
        <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 border-b bg-accent-soft px-4 py-1.5">
          <p>{text}</p>
          {children}
        </div>
      )}
    </div>
  );
}
