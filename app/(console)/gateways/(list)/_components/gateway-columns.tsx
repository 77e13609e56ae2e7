import { createColumnHelper } from '@tanstack/react-table';
import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import type { useTranslations } from 'next-intl';
import type { Column, Features } from '#components/data-table/features.ts';
import { selectionColumn } from '#components/data-table/selection-column.tsx';
import { StatusBadge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { GatewayRow } from '#lib/gateways/schema.ts';
import { OpenGatewayBadge } from '../../_components/open-gateway-warning.tsx';

const helper = createColumnHelper<Features, GatewayRow>();

type Translate = ReturnType<typeof useTranslations<'gateways'>>;

/**
 * Ids of the columns are those that the server sorts by.
 *
 * @param now when the page was made, ISO 8601.
 */
export function gatewayColumns(t: Translate, now: string, onDelete: (row: GatewayRow) => void): Column<GatewayRow>[] {
  return [
    selectionColumn<GatewayRow>(),
    helper.accessor('name', {
      header: t('columns.name'),
      cell: ({ row: { original } }) => <NameCell gateway={original} />,
    }),
    helper.accessor('status', {
      header: t('columns.status'),
      cell: ({ row: { original } }) => (
        <div className="flex flex-wrap items-center gap-2">
          <StatusBadge status={original.status} />
          {!original.authenticated && <OpenGatewayBadge />}
        </div>
      ),
    }),
    helper.accessor('lastRequestAt', {
      header: t('columns.lastRequest'),
      cell: ({ row: { original } }) => (
        <p className="text-muted">
          <span className="sm:hidden">{t('columns.lastRequest')}: </span>
          {original.lastRequestAt ? <RelativeTime value={original.lastRequestAt} now={now} /> : t('never')}
        </p>
      ),
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
          title={t('deleteOne', { name: original.name })}
          onClick={() => onDelete(original)}
        >
          <Trash2 aria-hidden />
        </Button>
      ),
    }),
  ];
}

function NameCell({ gateway }: { gateway: GatewayRow }) {
  return (
    <div className="min-w-0 py-1">
      <p className="truncate text-xs text-muted">gw-{gateway.id}</p>
      <Link
        href={`/gateways/${gateway.id}/providers`}
        className="rounded font-medium wrap-anywhere text-accent hover:underline"
      >
        {gateway.name}
      </Link>
      <p className="text-xs text-muted">
        <DateTime value={gateway.createdAt} />
      </p>
    </div>
  );
}
