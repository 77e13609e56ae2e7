'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useRef } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { SelectionActions } from '#components/data-table/selection-actions.tsx';
import { useDoomedRows } from '#components/data-table/use-doomed-rows.ts';
import { useRowSelection } from '#components/data-table/use-row-selection.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { TablePage } from '#lib/table-query.ts';
import type { TokenQuery, TokenRow } from '#lib/tokens/schema.ts';
import { DeleteTokensDialog } from './delete-tokens-dialog.tsx';
import { tokenColumns } from './token-columns.tsx';

type TokensTableProps = { gatewayId: string; page: TablePage<TokenRow>; query: TokenQuery };

export function TokensTable({ gatewayId, page, query }: TokensTableProps) {
  const t = useTranslations('tokens');
  const frameRef = useRef<HTMLDivElement>(null);
  const selection = useRowSelection(page.rows);
  const doomed = useDoomedRows(selection.untick, frameRef);
  // `ask` uses only a ref and a setter, so an old one does as well; new columns would draw every row anew.
  const columns = useMemo(() => tokenColumns(t, (token) => doomed.ask([token])), [t]);

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
        empty={<EmptyState icon={<KeyRound aria-hidden />} title={t('emptyTitle')} text={t('emptyText')} />}
      />
      {doomed.rows && (
        <DeleteTokensDialog
          gatewayId={gatewayId}
          tokens={doomed.rows}
          onDeleted={doomed.finish}
          onMissing={doomed.dropMissing}
          onClose={doomed.cancel}
          returnFocus={doomed.returnFocus}
        />
      )}
    </div>
  );
}
