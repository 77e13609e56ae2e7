'use client';

import { Plus, Waypoints } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMemo, useRef } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { SelectionActions } from '#components/data-table/selection-actions.tsx';
import { useDoomedRows } from '#components/data-table/use-doomed-rows.ts';
import { useRowSelection } from '#components/data-table/use-row-selection.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { GatewayQuery, GatewayRow } from '#lib/gateways/schema.ts';
import type { TablePage } from '#lib/table-query.ts';
import { DeleteGatewaysDialog } from '../../_components/delete-gateways-dialog.tsx';
import { gatewayColumns } from './gateway-columns.tsx';

type GatewaysTableProps = {
  page: TablePage<GatewayRow>;
  query: GatewayQuery;
  /** When the page was made, ISO 8601. */
  now: string;
};

export function GatewaysTable({ page, query, now }: GatewaysTableProps) {
  const t = useTranslations('gateways');
  const router = useRouter();
  const frameRef = useRef<HTMLDivElement>(null);
  const selection = useRowSelection(page.rows);
  const doomed = useDoomedRows(selection.untick, frameRef);
  // `ask` uses only a ref and a setter, so an old one does as well; new columns would draw every row anew.
  const columns = useMemo(() => gatewayColumns(t, now, (gateway) => doomed.ask([gateway])), [t, now]);

  return (
    <div ref={frameRef} tabIndex={-1} className="rounded-lg focus:outline-none">
      <DataTable
        label={t('title')}
        columns={columns}
        page={page}
        query={query}
        selection={selection.state}
        onSelectionChange={selection.change}
        searchLabel={t('search')}
        actions={
          <SelectionActions
            count={selection.ticked.length}
            onDelete={() => doomed.ask(selection.ticked)}
            onClear={selection.clear}
          />
        }
        empty={<NoGateways />}
      />
      {doomed.rows && (
        <DeleteGatewaysDialog
          gateways={doomed.rows}
          onDeleted={(ids) => {
            doomed.finish(ids);
            router.refresh();
          }}
          onClose={doomed.cancel}
          returnFocus={doomed.returnFocus}
        />
      )}
    </div>
  );
}

function NoGateways() {
  const t = useTranslations('gateways');
  return (
    <EmptyState icon={<Waypoints aria-hidden />} title={t('emptyTitle')} text={t('emptyText')}>
      <Button asChild variant="primary">
        <Link href="/gateways/new">
          <Plus aria-hidden />
          {t('open')}
        </Link>
      </Button>
    </EmptyState>
  );
}
