'use client';

import {
  functionalUpdate,
  type OnChangeFn,
  type RowData,
  type RowSelectionState,
  useTable,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { DataTableBody } from '#components/data-table/data-table-body.tsx';
import { DataTableHead } from '#components/data-table/data-table-head.tsx';
import { DataTableToolbar } from '#components/data-table/data-table-toolbar.tsx';
import { type Column, features } from '#components/data-table/features.ts';
import { useTableNavigation } from '#components/data-table/use-table-navigation.ts';
import type { TablePage, TableQuery } from '#lib/table-query.ts';

type DataTableProps<Row extends RowData> = {
  /** What the table lists, for assistive technology. */
  label: string;
  columns: Column<Row>[];
  page: TablePage<Row>;
  query: TableQuery;
  /** Ticked rows by id. They may be on other pages. */
  selection?: RowSelectionState;
  onSelectionChange?: OnChangeFn<RowSelectionState>;
  searchLabel: string;
  /** Stands in the toolbar, beside the refresh button. */
  actions?: ReactNode;
  /** Shown instead of rows when there are none at all, with no search. */
  empty: ReactNode;
};

const NO_SELECTION: RowSelectionState = {};

/** The one table of the console: the server pages, sorts and searches, and the address says how. */
export function DataTable<Row extends { id: string }>(props: DataTableProps<Row>) {
  const { columns, page, query, selection = NO_SELECTION, onSelectionChange } = props;
  const { pending, navigate, refresh } = useTableNavigation(page.page);
  const sorting = [{ id: query.sort, desc: query.order === 'desc' }];
  const table = useTable({
    features,
    columns,
    data: page.rows,
    getRowId: (row) => row.id,
    state: {
      rowSelection: selection,
      sorting,
      pagination: { pageIndex: page.page - 1, pageSize: query.size },
    },
    onRowSelectionChange: onSelectionChange,
    onSortingChange: (updater) => {
      const [next] = functionalUpdate(updater, sorting);
      if (next) navigate({ sort: next.id, order: next.desc ? 'desc' : 'asc' });
    },
    manualSorting: true,
    enableMultiSort: false,
    enableSortingRemoval: false,
    manualPagination: true,
    rowCount: page.total,
  });

  return (
    <section aria-label={props.label} className="overflow-clip rounded-lg border bg-surface shadow-raised">
      <DataTableToolbar
        page={page}
        query={query}
        pending={pending}
        navigate={navigate}
        refresh={refresh}
        searchLabel={props.searchLabel}
        actions={props.actions}
      />
      <div className="overflow-x-auto" aria-busy={pending}>
        {/* Explicit roles, because the layout for phones takes away those that `display: table` gives. */}
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <table role="table" aria-label={props.label} className="w-full border-collapse text-left max-sm:block">
          <DataTableHead table={table} />
          <DataTableBody
            table={table}
            pending={pending}
            columnCount={columns.length}
            search={query.q}
            onClearSearch={() => navigate({ q: '' })}
            empty={props.empty}
          />
        </table>
      </div>
    </section>
  );
}
