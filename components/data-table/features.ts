import {
  type ColumnDef,
  metaHelper,
  type RowData,
  rowPaginationFeature,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';

/** A row that can be ticked, and is called by its name. */
export type NamedRow = { id: string; name: string };

type ColumnMeta = {
  /** Where the cell stands on a phone, where a row is a card of three columns. `main` is the default. */
  phone?: 'start' | 'main' | 'end';
  /** Whether the reader may leave it out. Its header is a text, then, and it has an id. */
  optional?: boolean;
};

/** No row models: the database sorts and pages, and what arrives is shown as it is. */
export const features = tableFeatures({
  rowSelectionFeature,
  rowSortingFeature,
  rowPaginationFeature,
  columnMeta: metaHelper<ColumnMeta>(),
});

export type Features = typeof features;

// biome-ignore lint/suspicious/noExplicitAny: the columns of one table have values of different types.
export type Column<Row extends RowData> = ColumnDef<Features, Row, any>;

/** Placement of a cell on phones. */
export const PHONE_LOOKS = {
  start: 'max-sm:col-start-1 max-sm:row-start-1 max-sm:row-end-4 max-sm:p-0!',
  main: 'max-sm:col-start-2 max-sm:px-0! max-sm:py-0.5!',
  end: 'max-sm:col-start-3 max-sm:row-start-1 max-sm:row-end-4 max-sm:p-0!',
} as const;
