import { createColumnHelper } from '@tanstack/react-table';
import Link from 'next/link';
import type { useTranslations } from 'next-intl';
import type { Column, Features } from '#components/data-table/features.ts';
import { StatusBadge } from '#components/ui/badge.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import type { GatewayRow } from '#lib/gateways/schema.ts';

const helper = createColumnHelper<Features, GatewayRow>();

/** Ids of the columns are those that the server sorts by. */
export function gatewayColumns(t: ReturnType<typeof useTranslations<'gateways'>>): Column<GatewayRow>[] {
  return [
    helper.accessor('name', {
      header: t('columns.name'),
      cell: ({ row: { original } }) => (
        <div className="min-w-0 py-1">
          <p className="truncate text-xs text-muted">gw-{original.id}</p>
          <Link
            href={`/gateways/${original.id}`}
            className="rounded font-medium wrap-anywhere text-accent hover:underline"
          >
            {original.name}
          </Link>
          <p className="text-xs text-muted">
            <DateTime value={original.createdAt} />
          </p>
        </div>
      ),
    }),
    helper.accessor('status', {
      header: t('columns.status'),
      cell: ({ getValue }) => <StatusBadge status={getValue()} />,
    }),
  ];
}
