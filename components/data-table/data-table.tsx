'use client';

import type { RowData } from '@tanstack/react-table';
import { type ReactNode, type RefObject, useRef } from 'react';
import { ConnectionNotice } from '#components/data-table/connection-notice.tsx';
import { DataTableBody } from '#components/data-table/data-table-body.tsx';
import { DataTableHead } from '#components/data-table/data-table-head.tsx';
import { DataTableToolbar } from '#components/data-table/data-table-toolbar.tsx';
import type { Column } from '#components/data-table/features.ts';
import { ResultAnnouncement } from '#components/data-table/result-announcement.tsx';
import { SelectionNotice } from '#components/data-table/selection-notice.tsx';
import { askedOf, isNarrowed, type TableFilter } from '#components/data-table/table-filters.tsx';
import { type ColumnChoice, useColumnChoice } from '#components/data-table/use-column-choice.ts';
import { useKeptFocus } from '#components/data-table/use-kept-focus.ts';
import type { Selection } from '#components/data-table/use-row-selection.ts';
import { useServerTable } from '#components/data-table/use-server-table.ts';
import { useTableNavigation } from '#components/data-table/use-table-navigation.ts';
import { useTableShortcuts } from '#components/data-table/use-table-shortcuts.ts';
import type { Shortcut } from '#components/shortcuts/shortcuts-dialog.tsx';
import type { TablePage, TableQuery } from '#lib/table/table-query.ts';

export type DataTableProps<Row extends RowData> = {
  /** What the table lists, for assistive technology. */
  label: string;
  columns: Column<Row>[];
  page: TablePage<Row>;
  query: TableQuery;
  searchLabel: string;
  searchHint?: string;
  /** Has the first look at what is searched for; true: it has dealt with it, and the rows stay. */
  interceptSearch?: (text: string) => boolean;
  filters?: TableFilter[];
  /** Answers a search and filters with all that they let through, as a file. */
  exportPath?: string;
  /** Stands in the toolbar, beside the refresh button. */
  actions?: ReactNode;
  /** Shown instead of rows when there are none at all, with no search or filter. */
  empty: ReactNode;
  columnChoice?: ColumnChoice;
  selection?: Selection;
  /** Whether all that match can be chosen, and not only rows that were seen. */
  selectsMatching?: boolean;
  /** Asks before the row with this id, or what is ticked, is deleted. */
  askDelete?: (rowId: string | null) => void;
  /** Keys of the page around the table, for the sheet. */
  pageShortcuts?: Shortcut[];
  frameRef?: RefObject<HTMLElement | null>;
};

const NO_FILTERS: TableFilter[] = [];

/** The one table of the console: the server pages, sorts and searches, and the address says how. */
export function DataTable<Row extends RowData & { id: string }>(props: DataTableProps<Row>) {
  const { label, page, query, selection, filters = NO_FILTERS } = props;
  const ownFrameRef = useRef<HTMLElement>(null);
  const frameRef = props.frameRef ?? ownFrameRef;
  const searchRef = useRef<HTMLInputElement>(null);
  const { pending, connection, navigate, refresh } = useTableNavigation(query.page, page.page);
  const choice = useColumnChoice(props.columns, props.columnChoice);
  const table = useServerTable({ columns: choice.columns, page, query, selection }, navigate);
  const keptFocus = useKeptFocus(frameRef, page.rows);
  useTableShortcuts({ frameRef, searchRef, refresh, selection, askDelete: props.askDelete });
  const narrowed = isNarrowed(query.q, filters);

  function clearAll() {
    navigate({ q: '', ...Object.fromEntries(filters.map(({ name }) => [name, ''])) });
    // The button that was pressed goes.
    searchRef.current?.focus();
  }

  return (
    <section
      ref={frameRef}
      aria-label={label}
      tabIndex={-1}
      {...keptFocus}
      className="overflow-clip rounded-lg border bg-surface shadow-raised focus:outline-none"
    >
      <DataTableToolbar
        page={page}
        query={query}
        pending={pending}
        navigate={navigate}
        refresh={refresh}
        search={{
          label: props.searchLabel,
          hint: props.searchHint ?? props.searchLabel,
          inputRef: searchRef,
          intercept: props.interceptSearch,
        }}
        filters={filters}
        exportPath={props.exportPath}
        actions={props.actions}
        columnChoice={choice}
        deletes={props.askDelete !== undefined}
        pageShortcuts={props.pageShortcuts ?? []}
      />
      <ConnectionNotice connection={connection} onRetry={refresh} />
      <ResultAnnouncement search={query.q} asked={askedOf(query.q, filters)} total={page.total} />
      {selection && props.selectsMatching && <SelectionNotice selection={selection} page={page} narrowed={narrowed} />}
      <div className="overflow-x-auto" aria-busy={pending}>
        {/* Explicit roles, because the layout for phones takes away those that `display: table` gives. */}
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <table role="table" aria-label={label} className="w-full border-collapse text-left max-sm:block">
          <DataTableHead table={table} />
          <DataTableBody
            table={table}
            pending={pending}
            columnCount={choice.columns.length}
            search={query.q}
            narrowed={narrowed}
            onClear={clearAll}
            empty={props.empty}
          />
        </table>
      </div>
    </section>
  );
}
