'use client';

import { ScrollText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { AUDIT_ACTIONS, type AuditQuery, type AuditRow } from '#lib/audit/schema.ts';
import type { TablePage } from '#lib/table/table-query.ts';
import { auditColumns } from './audit-columns.tsx';

type AuditTableProps = { page: TablePage<AuditRow>; query: AuditQuery };

export function AuditTable({ page, query }: AuditTableProps) {
  const t = useTranslations('audit');
  const columns = useMemo(() => auditColumns(t), [t]);
  const actions = AUDIT_ACTIONS.map((action) => ({ value: action, label: t(`actions.${action}`) }));
  const filter = {
    name: 'action',
    label: t('filter'),
    value: query.action,
    options: [{ value: '', label: t('allActions') }, ...actions],
  };
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      page={page}
      query={query}
      searchLabel={t('search')}
      filters={[filter]}
      exportPath="/audit/export"
      empty={
        <EmptyState heading="h2" icon={<ScrollText aria-hidden />} title={t('emptyTitle')} text={t('emptyText')} />
      }
    />
  );
}
