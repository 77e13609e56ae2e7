'use client';

import { Plus, Waypoints } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { DeletableTable } from '#components/data-table/deletable-table.tsx';
import type { NamedRow } from '#components/data-table/features.ts';
import { askedOf } from '#components/data-table/table-filters.tsx';
import { useRowSelection } from '#components/data-table/use-row-selection.ts';
import { useShortcuts } from '#components/shortcuts/use-shortcuts.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { GatewayQuery, GatewayRow } from '#lib/gateways/schema.ts';
import type { TablePage } from '#lib/table/table-query.ts';
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
  const selection = useRowSelection(page, askedOf(query.q, []));
  const makeColumns = useCallback((ask: (row: NamedRow) => void) => gatewayColumns(t, now, ask), [t, now]);
  useShortcuts({
    c: () => {
      router.push('/gateways/new');
      return true;
    },
  });

  return (
    <DeletableTable
      label={t('title')}
      makeColumns={makeColumns}
      page={page}
      query={query}
      selection={selection}
      searchLabel={t('search')}
      empty={<NoGateways />}
      pageShortcuts={[{ keys: ['c'], label: t('open') }]}
      renderDialog={({ choice, finish, cancel, returnFocus }) => (
        <DeleteGatewaysDialog
          gateways={choice.is === 'rows' ? choice.rows : []}
          onDeleted={() => {
            finish();
            router.refresh();
          }}
          onClose={cancel}
          returnFocus={returnFocus}
        />
      )}
    />
  );
}

function NoGateways() {
  const t = useTranslations('gateways');
  return (
    <EmptyState heading="h2" icon={<Waypoints aria-hidden />} title={t('emptyTitle')} text={t('emptyText')}>
      <Button asChild variant="primary">
        <Link href="/gateways/new">
          <Plus aria-hidden />
          {t('open')}
        </Link>
      </Button>
    </EmptyState>
  );
}
