'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { DeletableTable } from '#components/data-table/deletable-table.tsx';
import type { NamedRow } from '#components/data-table/features.ts';
import { askedOf } from '#components/data-table/table-filters.tsx';
import { useRowSelection } from '#components/data-table/use-row-selection.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { TablePage } from '#lib/table-query.ts';
import type { TokenQuery, TokenRow } from '#lib/tokens/schema.ts';
import { DeleteTokensDialog } from './delete-tokens-dialog.tsx';
import { tokenColumns } from './token-columns.tsx';

type TokensTableProps = { gatewayId: string; page: TablePage<TokenRow>; query: TokenQuery };

export function TokensTable({ gatewayId, page, query }: TokensTableProps) {
  const t = useTranslations('tokens');
  const selection = useRowSelection(page.rows, askedOf(query.q, []), page.total);
  const makeColumns = useCallback((ask: (row: NamedRow) => void) => tokenColumns(t, ask), [t]);

  return (
    <DeletableTable
      label={t('title')}
      makeColumns={makeColumns}
      page={page}
      query={query}
      selection={selection}
      searchLabel={t('search')}
      pageShortcuts={[{ keys: ['c'], label: t('create.open') }]}
      empty={<EmptyState icon={<KeyRound aria-hidden />} title={t('emptyTitle')} text={t('emptyText')} />}
      renderDialog={({ choice, finish, dropMissing, cancel, returnFocus }) => (
        <DeleteTokensDialog
          gatewayId={gatewayId}
          tokens={choice.is === 'rows' ? choice.rows : []}
          onDeleted={finish}
          onMissing={dropMissing}
          onClose={cancel}
          returnFocus={returnFocus}
        />
      )}
    />
  );
}
