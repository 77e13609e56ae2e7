'use client';

import type { RowData } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { DataTableBody } from '#components/data-table/data-table-body.tsx';
import { DataTableHead } from '#components/data-table/data-table-head.tsx';
import { DataTableToolbar } from '#components/data-table/data-table-toolbar.tsx';
import type { TableFilter } from '#components/data-table/table-filters.tsx';
import { type ServerTableOptions, useServerTable } from '#components/data-table/use-server-table.ts';
import { useTableNavigation } from '#components/data-table/use-table-navigation.ts';

type DataTableProps<Row extends RowData> = ServerTableOptions<Row> & {
  /** What the table lists, for assistive technology. */
  label: string;
  searchLabel: string;
  filters?: TableFilter[];
  /** Stands in the toolbar, beside the refresh button. */
  actions?: ReactNode;
  /** Shown instead of rows when there are none at all, with no search or filter. */
  empty: ReactNode;
};

const NO_FILTERS: TableFilter[] = [];

/** The one table of the console: the server pages, sorts and searches, and the address says how. */
export function DataTable<Row extends RowData & { id: string }>(props: DataTableProps<Row>) {
  const { label, columns, page, query, filters = NO_FILTERS } = props;
  const { pending, navigate, refresh } = useTableNavigation(query.page, page.page);
  const table = useServerTable(props, navigate);
  return (
    <section aria-label={label} className="overflow-clip rounded-lg border bg-surface shadow-raised">
      <DataTableToolbar
        page={page}
        query={query}
        pending={pending}
        navigate={navigate}
        refresh={refresh}
        searchLabel={props.searchLabel}
        filters={filters}
        actions={props.actions}
      />
      <div className="overflow-x-auto" aria-busy={pending}>
        {/* Explicit roles, because the layout for phones takes away those that `display: table` gives. */}
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <table role="table" aria-label={label} className="w-full border-collapse text-left max-sm:block">
          <DataTableHead table={table} />
          <DataTableBody
            table={table}
            pending={pending}
            columnCount={columns.length}
            search={query.q}
            narrowed={query.q !== '' || filters.some(({ value }) => value !== '')}
            onClear={() => navigate({ q: '', ...Object.fromEntries(filters.map(({ name }) => [name, ''])) })}
            empty={props.empty}
          />
        </table>
      </div>
    </section>
  );
}
