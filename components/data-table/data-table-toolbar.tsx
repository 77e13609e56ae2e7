import { RefreshCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ColumnMenu, type OptionalColumn } from '#components/data-table/column-menu.tsx';
import { ExportLink } from '#components/data-table/export-link.tsx';
import { Pagination } from '#components/data-table/pagination.tsx';
import { SearchField, type SearchFieldProps } from '#components/data-table/search-field.tsx';
import { type TableFilter, TableFilters } from '#components/data-table/table-filters.tsx';
import { TableSheet, type TableSheetProps } from '#components/data-table/table-sheet.tsx';
import type { TableChange } from '#components/data-table/use-table-navigation.ts';
import { useTotalText } from '#components/data-table/use-total-text.ts';
import { Button } from '#components/ui/button.tsx';
import { PAGE_SIZES, type TableQuery } from '#lib/table/table-query.ts';

type DataTableToolbarProps = TableSheetProps & {
  page: { page: number; total: number; more?: boolean };
  query: TableQuery;
  pending: boolean;
  navigate: (change: TableChange) => void;
  refresh: () => void;
  search: Omit<SearchFieldProps, 'value' | 'onSearch'>;
  filters: TableFilter[];
  exportPath: string | undefined;
  actions: ReactNode;
  columnChoice: { optional: OptionalColumn[]; shown: string[]; choose: (shown: string[]) => void };
};

export function DataTableToolbar(props: DataTableToolbarProps) {
  const { page, query, pending, navigate, refresh, filters, actions, columnChoice } = props;
  const t = useTranslations('dataTable');
  const totalText = useTotalText();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-3 py-2">
      <Button variant="ghost" size="icon" onClick={refresh} aria-label={t('refresh')} title={t('refresh')}>
        <RefreshCw className={pending ? 'animate-spin' : undefined} aria-hidden />
      </Button>
      {actions && <div className="flex min-h-9 items-center gap-2 border-l pl-3">{actions}</div>}
      <SearchField {...props.search} value={query.q} onSearch={(q) => navigate({ q })} />
      <TableFilters filters={filters} onChange={(name, value) => navigate({ [name]: value })} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 max-sm:w-full max-sm:justify-between sm:ml-auto">
        <PageSize size={query.size} total={totalText(page.total, page.more)} onChange={(size) => navigate({ size })} />
        <Pagination
          page={page.page}
          lastPage={Math.max(1, Math.ceil(page.total / query.size))}
          onChange={(to) => navigate({ page: to })}
        />
        <div className="flex max-sm:-order-1">
          {columnChoice.optional.length > 0 && (
            <ColumnMenu columns={columnChoice.optional} shown={columnChoice.shown} onChange={columnChoice.choose} />
          )}
          {props.exportPath && (
            <ExportLink
              path={props.exportPath}
              asked={{ q: query.q, ...Object.fromEntries(filters.map(({ name, value }) => [name, value])) }}
            />
          )}
          <TableSheet deletes={props.deletes} pageShortcuts={props.pageShortcuts} />
        </div>
      </div>
    </div>
  );
}

type PageSizeProps = { size: number; total: string; onChange: (size: number) => void };

function PageSize({ size, total, onChange }: PageSizeProps) {
  const t = useTranslations('dataTable');
  return (
    <div className="flex items-center gap-2 text-muted">
      {t.rich('showOf', {
        total,
        strong: (children) => <strong className="font-semibold text-ink">{children}</strong>,
        select: () => (
          <select
            aria-label={t('rowsPerPage')}
            value={size}
            onChange={(event) => onChange(Number(event.target.value))}
            className="h-8 rounded-md border bg-surface px-1.5 font-medium text-ink hover:bg-hover"
          >
            {PAGE_SIZES.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        ),
      })}
    </div>
  );
}
