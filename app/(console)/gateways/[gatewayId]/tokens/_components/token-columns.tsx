import { createColumnHelper } from '@tanstack/react-table';
import type { useTranslations } from 'next-intl';
import type { Column, Features } from '#components/data-table/features.ts';
import { selectionColumn } from '#components/data-table/selection-column.tsx';
import { StatusBadge } from '#components/ui/badge.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import type { TokenRow } from '#lib/tokens/schema.ts';
import { TokenRowMenu } from './token-row-menu.tsx';

const helper = createColumnHelper<Features, TokenRow>();

type Translate = ReturnType<typeof useTranslations<'tokens'>>;

/** Ids of the columns are those that the server sorts by. */
export function tokenColumns(t: Translate, onDelete: (token: TokenRow) => void): Column<TokenRow>[] {
  return [
    selectionColumn<TokenRow>(),
    helper.accessor('name', {
      header: t('columns.name'),
      cell: ({ row: { original } }) => (
        <div className="min-w-0">
          <p className="line-clamp-2 font-medium wrap-anywhere" title={original.name}>
            <bdi>{original.name}</bdi>
          </p>
          <p className="font-mono text-xs text-muted">{original.masked}</p>
          {original.previous && (
            <p className="text-xs text-warning">
              {t.rich('life.previous', {
                masked: original.previous.masked,
                code: (children) => <span className="font-mono">{children}</span>,
                date: () => <DateTime value={original.previous?.until ?? ''} />,
              })}
            </p>
          )}
        </div>
      ),
    }),
    helper.accessor('createdAt', {
      header: t('columns.createdAt'),
      cell: ({ getValue }) => <DateTime value={getValue()} />,
    }),
    helper.accessor('status', {
      header: t('columns.status'),
      cell: ({ getValue }) => <StatusBadge status={getValue()} />,
    }),
    helper.display({
      id: 'action',
      header: t('columns.action'),
      meta: { phone: 'end' },
      cell: ({ row: { original } }) => <TokenRowMenu token={original} onDelete={() => onDelete(original)} />,
    }),
  ];
}
