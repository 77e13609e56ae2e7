'use client';

import type { Table } from '@tanstack/react-table';
import { useTranslations } from 'next-intl';
import type { Column, Features, NamedRow } from '#components/data-table/features.ts';
import { Checkbox } from '#components/ui/checkbox.tsx';

/** A column of checkboxes; the one in the header stands for all rows of the page. */
export function selectionColumn<Row extends NamedRow>(): Column<Row> {
  return {
    id: 'select',
    meta: { phone: 'start' },
    enableSorting: false,
    header: ({ table }) => <SelectAll table={table} />,
    cell: ({ row }) => (
      <SelectRow
        name={row.original.name}
        checked={row.getIsSelected()}
        onChange={(checked) => row.toggleSelected(checked)}
      />
    ),
  };
}

function SelectAll<Row extends NamedRow>({ table }: { table: Table<Features, Row> }) {
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

type SelectRowProps = { name: string; checked: boolean; onChange: (checked: boolean) => void };

function SelectRow({ name, checked, onChange }: SelectRowProps) {
  const t = useTranslations('dataTable');
  return (
    <Checkbox
      aria-label={t('selectRow', { name })}
      checked={checked}
      onCheckedChange={(state) => onChange(state === true)}
    />
  );
}
