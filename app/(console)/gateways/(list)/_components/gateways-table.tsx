'use client';

import { Waypoints } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { GatewayQuery, GatewayRow } from '#lib/gateways/schema.ts';
import type { TablePage } from '#lib/table-query.ts';
import { gatewayColumns } from './gateway-columns.tsx';

type GatewaysTableProps = { page: TablePage<GatewayRow>; query: GatewayQuery };

export function GatewaysTable({ page, query }: GatewaysTableProps) {
  const t = useTranslations('gateways');
  const columns = useMemo(() => gatewayColumns(t), [t]);
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      page={page}
      query={query}
      searchLabel={t('search')}
      empty={<EmptyState icon={<Waypoints aria-hidden />} title={t('emptyTitle')} text={t('emptyText')} />}
    />
  );
}
