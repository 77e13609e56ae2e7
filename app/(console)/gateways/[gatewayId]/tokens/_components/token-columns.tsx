import { createColumnHelper } from '@tanstack/react-table';
import { Trash2 } from 'lucide-react';
import type { useTranslations } from 'next-intl';
import type { Column, Features } from '#components/data-table/features.ts';
import { selectionColumn } from '#components/data-table/selection-column.tsx';
import { StatusBadge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import type { TokenRow } from '#lib/tokens/schema.ts';

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
      cell: ({ row: { original } }) => (
        <Button
          variant="dangerGhost"
          size="icon"
          aria-label={t('deleteOne', { name: original.name })}
          title={t('delete.confirm')}
          onClick={() => onDelete(original)}
        >
          <Trash2 aria-hidden />
        </Button>
      ),
    }),
  ];
}
