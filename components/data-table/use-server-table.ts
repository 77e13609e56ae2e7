import { functionalUpdate, type RowData, type RowSelectionState, useTable } from '@tanstack/react-table';
import { type Column, features } from '#components/data-table/features.ts';
import type { Selection } from '#components/data-table/use-row-selection.ts';
import type { TableChange } from '#components/data-table/use-table-navigation.ts';
import type { TablePage, TableQuery } from '#lib/table/table-query.ts';

type ServerTableOptions<Row extends RowData> = {
  columns: Column<Row>[];
  page: TablePage<Row>;
  query: TableQuery;
  /** Ticked rows may be on other pages. */
  selection: Selection | undefined;
};

const NO_SELECTION: RowSelectionState = {};

/** A table over one page that the server made. What it would do by itself, it asks for with `navigate`. */
export function useServerTable<Row extends RowData & { id: string }>(
  { columns, page, query, selection }: ServerTableOptions<Row>,
  navigate: (change: TableChange) => void,
) {
  const sorting = [{ id: query.sort, desc: query.order === 'desc' }];
  return useTable({
    features,
    columns,
    data: page.rows,
    getRowId: (row) => row.id,
    state: {
      rowSelection: selection?.state ?? NO_SELECTION,
      sorting,
      pagination: { pageIndex: page.page - 1, pageSize: query.size },
    },
    onRowSelectionChange: (updater) => selection?.change(updater),
    onSortingChange: (updater) => {
      const [next] = functionalUpdate(updater, sorting);
      if (next) navigate({ sort: next.id, order: next.desc ? 'desc' : 'asc' });
    },
    manualSorting: true,
    sortDescFirst: false,
    enableMultiSort: false,
    enableSortingRemoval: false,
    manualPagination: true,
    rowCount: page.total,
  });
}
