'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { DeletableTable } from '#components/data-table/deletable-table.tsx';
import type { NamedRow } from '#components/data-table/features.ts';
import { askedOf } from '#components/data-table/table-filters.tsx';
import type { ColumnChoice } from '#components/data-table/use-column-choice.ts';
import { useRowSelection } from '#components/data-table/use-row-selection.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { TablePage } from '#lib/table/table-query.ts';
import { findPastedToken } from '#lib/tokens/pasted-token.ts';
import type { TokenQuery, TokenRow } from '#lib/tokens/schema.ts';
import { useNewTokens } from '../../../_components/create-token/new-tokens-store.ts';
import { DeleteTokensDialog } from '../delete/delete-tokens-dialog.tsx';
import { FoundTokenDialog } from '../find/found-token-dialog.tsx';
import { NewTokensNotice } from './new-tokens-notice.tsx';
import { tokenColumns } from './token-columns.tsx';
import { UNUSED_REVIEW, UnusedNotice } from './unused-notice.tsx';
import { useTokenFilters } from './use-token-filters.ts';

type TokensTableProps = {
  gatewayId: string;
  page: TablePage<TokenRow>;
  query: TokenQuery;
  /** How many tokens wait for a review. */
  unused: number;
  /** When the page was made, ISO 8601. */
  now: string;
  columnChoice: ColumnChoice;
};

export function TokensTable({ gatewayId, page, query, unused, now, columnChoice }: TokensTableProps) {
  const t = useTranslations('tokens');
  const filters = useTokenFilters(query);
  const selection = useRowSelection(page, askedOf(query.q, filters));
  const created = useNewTokens(gatewayId);
  const [pasted, setPasted] = useState<string | null>(null);
  const makeColumns = useCallback(
    (ask: (row: NamedRow) => void) => tokenColumns(t, { now, created, onDelete: ask }),
    [t, now, created],
  );

  function interceptSearch(text: string): boolean {
    const token = findPastedToken(text);
    setPasted(token);
    return token !== null;
  }

  return (
    <>
      {unused > 0 && query.unused === '' && (
        <UnusedNotice
          count={unused}
          gatewayId={gatewayId}
          onReview={() => selection.chooseMatching(askedOf('', UNUSED_REVIEW))}
        />
      )}
      <NewTokensNotice gatewayId={gatewayId} created={created} shown={page.rows} />
      <DeletableTable
        label={t('title')}
        makeColumns={makeColumns}
        page={page}
        query={query}
        selection={selection}
        selectsMatching
        searchLabel={t('search')}
        searchHint={t('searchHint')}
        interceptSearch={interceptSearch}
        filters={filters}
        exportPath={`/gateways/${gatewayId}/tokens/export`}
        columnChoice={columnChoice}
        pageShortcuts={[{ keys: ['c'], label: t('create.open') }]}
        empty={<EmptyState icon={<KeyRound aria-hidden />} title={t('emptyTitle')} text={t('emptyText')} />}
        renderDialog={(pendingDeletion) => (
          <DeleteTokensDialog gatewayId={gatewayId} query={query} pendingDeletion={pendingDeletion} />
        )}
      />
      {pasted && <FoundTokenDialog token={pasted} onClose={() => setPasted(null)} />}
    </>
  );
}
