import type { Cell, ReactTable, RowData } from '@tanstack/react-table';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Features, PHONE_LOOKS } from '#components/data-table/features.ts';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';

type DataTableBodyProps<Row extends RowData> = {
  table: ReactTable<Features, Row>;
  pending: boolean;
  columnCount: number;
  search: string;
  /** Whether a search or a filter leaves rows out. */
  narrowed: boolean;
  onClear: () => void;
  empty: ReactNode;
};

export function DataTableBody<Row extends RowData>(props: DataTableBodyProps<Row>) {
  const { table, pending } = props;
  const { rows } = table.getRowModel();
  return (
    <tbody
      // biome-ignore lint/a11y/noRedundantRoles: see data-table.tsx
      role="rowgroup"
      className={classNames('divide-y transition-opacity max-sm:block', pending && 'opacity-60')}
    >
      {rows.length === 0 && <NoRows {...props} />}
      {rows.map((row) => (
        <tr
          // biome-ignore lint/a11y/noRedundantRoles: see data-table.tsx
          role="row"
          key={row.id}
          data-row={row.id}
          tabIndex={-1}
          data-selected={row.getIsSelected() || undefined}
          className="-outline-offset-2 hover:bg-sunken data-selected:bg-accent-soft max-sm:grid max-sm:grid-cols-[auto_minmax(0,1fr)_auto] max-sm:gap-x-1.5 max-sm:items-center max-sm:px-2 max-sm:py-2.5"
        >
          {row.getAllCells().map((cell) => (
            <td
              // biome-ignore lint/a11y/noRedundantRoles: see data-table.tsx
              role="cell"
              key={cell.id}
              className={classNames(
                'h-14 px-4 py-2 first:pl-3 max-sm:h-auto',
                cell.column.id === 'select' && 'pr-0',
                cell.column.columnDef.meta?.phone === 'end' && 'text-center',
                PHONE_LOOKS[cell.column.columnDef.meta?.phone ?? 'main'],
              )}
            >
              {drawCell(cell)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

/**
 * A cell is drawn by a call, not as a component: columns are made anew with each refresh, and with components of their
 * own every row would be, too. An open menu would close, and the focus be lost.
 */
function drawCell<Row extends RowData>(cell: Cell<Features, Row>): ReactNode {
  const draw = cell.column.columnDef.cell;
  return typeof draw === 'function' ? draw(cell.getContext()) : draw;
}

function NoRows<Row extends RowData>({ columnCount, search, narrowed, onClear, empty }: DataTableBodyProps<Row>) {
  const t = useTranslations('dataTable');
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see data-table.tsx
    <tr role="row" className="max-sm:block">
      {/* biome-ignore lint/a11y/noRedundantRoles: see data-table.tsx */}
      <td role="cell" colSpan={columnCount} className="px-6 py-14 max-sm:block">
        {narrowed ? (
          <div className="flex flex-col items-center gap-3 text-center">
            <p className="max-w-full wrap-anywhere">{search ? t('nothingFound', { search }) : t('nothingFiltered')}</p>
            <Button onClick={onClear}>{search ? t('clearSearch') : t('clearFilter')}</Button>
          </div>
        ) : (
          empty
        )}
      </td>
    </tr>
  );
}
