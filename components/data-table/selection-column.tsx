'use client';

import type { Row, Table } from '@tanstack/react-table';
import { useTranslations } from 'next-intl';
import type { Column, Features, NamedRow } from '#components/data-table/features.ts';
import { rangeBetween } from '#components/data-table/range-between.ts';
import { Checkbox } from '#components/ui/checkbox.tsx';

/**
 * A column of checkboxes; the one in the header stands for all rows of the page. With Shift, all rows from the one
 * ticked last to this one become as this one becomes.
 */
export function selectionColumn<Data extends NamedRow>(): Column<Data> {
  let lastId: string | null = null;

  function toggle(table: Table<Features, Data>, row: Row<Features, Data>, withRange: boolean) {
    const checked = !row.getIsSelected();
    const shown = table.getRowModel().rows.map(({ id }) => id);
    const ids = withRange ? rangeBetween(shown, lastId, row.id) : [row.id];
    lastId = row.id;
    table.setRowSelection((old) => {
      const kept = Object.keys(old).filter((id) => !ids.includes(id));
      return Object.fromEntries([...kept, ...(checked ? ids : [])].map((id) => [id, true] as const));
    });
  }

  return {
    id: 'select',
    meta: { phone: 'start' },
    enableSorting: false,
    header: ({ table }) => <SelectAll table={table} />,
    cell: ({ row, table }) => (
      <SelectRow
        name={row.original.name}
        checked={row.getIsSelected()}
        onToggle={(withRange) => toggle(table, row, withRange)}
      />
    ),
  };
}

function SelectAll<Data extends NamedRow>({ table }: { table: Table<Features, Data> }) {
  const t = useTranslations('dataTable');
  const all = table.getIsAllPageRowsSelected();
  return (
    <Checkbox
      aria-label={t('selectAll')}
      disabled={table.getRowModel().rows.length === 0}
      checked={all || (table.getIsSomePageRowsSelected() && 'indeterminate')}
      onCheckedChange={(checked) => table.toggleAllPageRowsSelected(checked === true)}
    />
  );
}

type SelectRowProps = { name: string; checked: boolean; onToggle: (withRange: boolean) => void };

function SelectRow({ name, checked, onToggle }: SelectRowProps) {
  const t = useTranslations('dataTable');
  // The click knows of Shift, which `onCheckedChange` does not tell.
  return (
    <Checkbox aria-label={t('selectRow', { name })} checked={checked} onClick={(event) => onToggle(event.shiftKey)} />
  );
}
