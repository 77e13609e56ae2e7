import { useTranslations } from 'next-intl';
import { type Shortcut, ShortcutsDialog } from '#components/shortcuts/shortcuts-dialog.tsx';

export type TableSheetProps = {
  /** Whether rows can be ticked and deleted. */
  deletes: boolean;
  /** Keys of the page around the table. */
  pageShortcuts: Shortcut[];
};

/** The sheet of the keys that `useTableShortcuts` knows. */
export function TableSheet({ deletes, pageShortcuts }: TableSheetProps) {
  const t = useTranslations('dataTable.shortcuts');
  const table: Shortcut[] = [
    { keys: ['/'], label: t('search') },
    { keys: ['r'], label: t('refresh') },
    { keys: ['j', 'k', '↓', '↑'], label: t('rows') },
  ];
  const deleting: Shortcut[] = [
    { keys: ['x', 'Space'], label: t('tick') },
    { keys: ['Shift + x', 'Shift + Space'], label: t('range') },
    { keys: ['Delete'], label: t('delete') },
    { keys: ['Esc'], label: t('untick') },
  ];
  const sheet = { keys: ['?'], label: t('sheet') };
  return <ShortcutsDialog shortcuts={[...pageShortcuts, ...table, ...(deletes ? deleting : []), sheet]} />;
}
