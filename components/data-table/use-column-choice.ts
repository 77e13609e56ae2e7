import type { RowData } from '@tanstack/react-table';
import { useState } from 'react';
import type { OptionalColumn } from '#components/data-table/column-menu.tsx';
import type { Column } from '#components/data-table/features.ts';
import { setPreference } from '#components/preferences/preference-cookie.ts';
import { formatColumnChoice } from '#lib/table/column-choice.ts';

/** The optional columns that are shown, and the cookie that the server knows them by. */
export type ColumnChoice = { cookie: string; shown: string[] };

/** Keeps which of the optional columns, those with `meta.optional`, are shown. */
export function useColumnChoice<Row extends RowData>(columns: Column<Row>[], choice?: ColumnChoice) {
  const [shown, setShown] = useState(choice?.shown ?? []);
  const optional: OptionalColumn[] = columns.flatMap(({ id = '', header, meta }) =>
    meta?.optional && typeof header === 'string' ? [{ id, label: header }] : [],
  );
  return {
    optional,
    shown,
    columns: columns.filter(({ id = '', meta }) => !meta?.optional || shown.includes(id)),
    choose(next: string[]) {
      setShown(next);
      if (choice) setPreference(choice.cookie, formatColumnChoice(next));
    },
  };
}
