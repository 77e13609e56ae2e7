'use client';

import { type ReactNode, useMemo, useRef } from 'react';
import { DataTable, type DataTableProps } from '#components/data-table/data-table.tsx';
import type { Column, NamedRow } from '#components/data-table/features.ts';
import { SelectionActions } from '#components/data-table/selection-actions.tsx';
import { type PendingDeletionState, usePendingDeletion } from '#components/data-table/use-pending-deletion.ts';
import { type Choice, countOf, type Selection } from '#components/data-table/use-row-selection.ts';

/** What a dialog that confirms a deletion is given. */
export type PendingDeletion = Omit<PendingDeletionState, 'choice' | 'ask'> & { choice: Choice };

type DeletableTableProps<Row extends NamedRow> = Omit<
  DataTableProps<Row>,
  'columns' | 'selection' | 'actions' | 'askDelete' | 'frameRef'
> & {
  selection: Selection;
  /** Makes the columns; the same function again, or every row is drawn anew. */
  makeColumns: (askDelete: (row: NamedRow) => void) => Column<Row>[];
  /** Asks before what is chosen is deleted. */
  renderDialog: (pendingDeletion: PendingDeletion) => ReactNode;
};

/** A table whose rows can be ticked and deleted: one, several, by mouse or key, after a question. */
export function DeletableTable<Row extends NamedRow>(props: DeletableTableProps<Row>) {
  const { selection, makeColumns, renderDialog, ...rest } = props;
  const frameRef = useRef<HTMLElement>(null);
  const { choice, ask, ...pendingDeletion } = usePendingDeletion(selection, frameRef);
  // `ask` uses only a ref and a setter, so an old one does as well.
  const columns = useMemo(() => makeColumns((row) => ask({ is: 'rows', rows: [row] })), [makeColumns]);
  const count = countOf(selection.choice);

  function askDelete(rowId: string | null) {
    const row = rest.page.rows.find(({ id }) => id === rowId);
    // A row that has the focus but is not ticked is meant alone.
    if (row && !selection.state[row.id]) ask({ is: 'rows', rows: [row] });
    else if (count > 0) ask(selection.choice);
  }

  return (
    <>
      <DataTable
        {...rest}
        columns={columns}
        selection={selection}
        askDelete={askDelete}
        frameRef={frameRef}
        actions={
          <SelectionActions
            choice={selection.choice}
            onDelete={() => ask(selection.choice)}
            onClear={selection.clear}
          />
        }
      />
      {choice && renderDialog({ ...pendingDeletion, choice })}
    </>
  );
}
