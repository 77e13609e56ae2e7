'use client';

import { KeyRound, Trash2, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useRef, useState } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { TablePage } from '#lib/table-query.ts';
import type { TokenQuery, TokenRow } from '#lib/tokens/schema.ts';
import { DeleteTokensDialog, type NamedToken } from './delete-tokens-dialog.tsx';
import { tokenColumns } from './token-columns.tsx';
import { useTokenSelection } from './use-token-selection.ts';

type TokensTableProps = { gatewayId: string; page: TablePage<TokenRow>; query: TokenQuery };

export function TokensTable({ gatewayId, page, query }: TokensTableProps) {
  const t = useTranslations('tokens');
  const selection = useTokenSelection(page.rows);
  const [doomed, setDoomed] = useState<NamedToken[] | null>(null);
  const frameRef = useRef<HTMLDivElement>(null);
  const openerRef = useRef<Element | null>(null);

  function askToDelete(tokens: NamedToken[]) {
    openerRef.current = document.activeElement;
    setDoomed(tokens);
  }

  function finish(ids: string[]) {
    selection.untick(ids);
    // The button that was pressed goes with its row, or is disabled now.
    openerRef.current = null;
    setDoomed(null);
  }

  function dropMissing(ids: string[]) {
    selection.untick(ids);
    setDoomed((tokens) => tokens?.filter(({ id }) => !ids.includes(id)) ?? null);
  }

  function returnFocus() {
    const opener = openerRef.current;
    const target = opener instanceof HTMLElement && opener.isConnected ? opener : frameRef.current;
    target?.focus();
  }

  const columns = useMemo(() => tokenColumns(t, (token) => askToDelete([token])), [t]);

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
            count={selection.tokens.length}
            onDelete={() => askToDelete(selection.tokens)}
            onClear={selection.clear}
          />
        }
        empty={<EmptyState icon={<KeyRound aria-hidden />} title={t('emptyTitle')} text={t('emptyText')} />}
      />
      {doomed && (
        <DeleteTokensDialog
          gatewayId={gatewayId}
          tokens={doomed}
          onDeleted={finish}
          onMissing={dropMissing}
          onClose={() => setDoomed(null)}
          returnFocus={returnFocus}
        />
      )}
    </div>
  );
}

type SelectionActionsProps = { count: number; onDelete: () => void; onClear: () => void };

function SelectionActions({ count, onDelete, onClear }: SelectionActionsProps) {
  const t = useTranslations('tokens');
  return (
    <>
      <Button variant={count > 0 ? 'dangerGhost' : 'ghost'} disabled={count === 0} onClick={onDelete}>
        <Trash2 aria-hidden />
        {t('deleteSelected')}
      </Button>
      {count > 0 && (
        <Button variant="ghost" size="small" onClick={onClear} title={t('clearSelection')}>
          {t('selected', { count })}
          <X aria-hidden />
          <span className="sr-only">{t('clearSelection')}</span>
        </Button>
      )}
    </>
  );
}
