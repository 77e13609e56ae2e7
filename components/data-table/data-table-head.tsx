import type { Header, ReactTable, RowData } from '@tanstack/react-table';
import { ChevronDown, ChevronsUpDown, ChevronUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Features } from '#components/data-table/features.ts';
import { classNames } from '#components/ui/class-names.ts';

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;
const ICONS = { asc: ChevronUp, desc: ChevronDown, none: ChevronsUpDown } as const;

export function DataTableHead<Row extends RowData>({ table }: { table: ReactTable<Features, Row> }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see data-table.tsx
    <thead role="rowgroup" className="bg-sunken max-sm:block max-sm:border-b">
      {table.getHeaderGroups().map((group) => (
        <tr
          // biome-ignore lint/a11y/noRedundantRoles: see data-table.tsx
          role="row"
          key={group.id}
          className="max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-1 max-sm:px-2 max-sm:py-1"
        >
          {group.headers.map((header) => (
            <HeaderCell key={header.id} table={table} header={header} />
          ))}
        </tr>
      ))}
    </thead>
  );
}

type HeaderCellProps<Row extends RowData> = { table: ReactTable<Features, Row>; header: Header<Features, Row> };

function HeaderCell<Row extends RowData>({ table, header }: HeaderCellProps<Row>) {
  const sorted = header.column.getIsSorted();
  const sortable = header.column.getCanSort();
  const isAction = header.column.columnDef.meta?.phone === 'end';
  return (
    <th
      // biome-ignore lint/a11y/noRedundantRoles: see data-table.tsx
      role="columnheader"
      scope="col"
      aria-sort={sortable ? (sorted ? ARIA_SORT[sorted] : 'none') : undefined}
      className={classNames(
        'h-11 px-4 font-semibold first:pl-3 max-sm:h-auto max-sm:p-0! max-sm:text-xs',
        // Others may take two lines, so that names have the room.
        (sortable || isAction) && 'whitespace-nowrap',
        isAction && 'w-24 text-center',
        // On phones the head is a row of what can be done with all: tick and sort.
        !sortable && header.column.id !== 'select' && 'max-sm:sr-only',
        header.column.id === 'select' && 'w-13 pr-0',
      )}
    >
      {sortable ? (
        <SortButton header={header} sorted={sorted}>
          <table.FlexRender header={header} />
        </SortButton>
      ) : (
        <table.FlexRender header={header} />
      )}
    </th>
  );
}

type SortButtonProps<Row extends RowData> = {
  header: Header<Features, Row>;
  sorted: 'asc' | 'desc' | false;
  children: React.ReactNode;
};

function SortButton<Row extends RowData>({ header, sorted, children }: SortButtonProps<Row>) {
  const t = useTranslations('dataTable');
  const Icon = ICONS[sorted || 'none'];
  return (
    <button
      type="button"
      onClick={header.column.getToggleSortingHandler()}
      title={sorted === 'asc' ? t('sortDescending') : t('sortAscending')}
      className="-mx-2 inline-flex min-h-8 items-center gap-1.5 rounded-md px-2 hover:bg-hover max-sm:mx-0 max-sm:px-1.5"
    >
      {children}
      <Icon className={classNames('size-3.5', sorted ? 'text-accent' : 'text-muted')} aria-hidden />
    </button>
  );
}
