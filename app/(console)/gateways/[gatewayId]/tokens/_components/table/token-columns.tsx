import { createColumnHelper } from '@tanstack/react-table';
import type { useTranslations } from 'next-intl';
import type { Column, Features } from '#components/data-table/features.ts';
import { selectionColumn } from '#components/data-table/selection-column.tsx';
import { StatusBadge } from '#components/ui/badge.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import type { TokenRow } from '#lib/tokens/schema.ts';
import type { NewTokens } from '../../../_components/create-token/new-tokens-store.ts';
import { LabelledOnPhones, LastUseCell, NameCell, NumberText } from './token-cells.tsx';
import { TokenRowMenu } from './token-row-menu.tsx';

const helper = createColumnHelper<Features, TokenRow>();

type Translate = ReturnType<typeof useTranslations<'tokens'>>;

type TokenColumnsOptions = {
  /** When the page was made, ISO 8601. */
  now: string;
  created: NewTokens;
  onDelete: (token: TokenRow) => void;
};

/** Ids of the columns are those that the server sorts by, and those of `OPTIONAL_TOKEN_COLUMNS`. */
export function tokenColumns(t: Translate, { now, created, onDelete }: TokenColumnsOptions): Column<TokenRow>[] {
  return [
    selectionColumn<TokenRow>(),
    helper.accessor('name', {
      header: t('columns.name'),
      cell: ({ row: { original } }) => <NameCell token={original} isNew={created.ids.has(original.id)} />,
    }),
    helper.accessor('createdAt', {
      header: t('columns.createdAt'),
      cell: ({ getValue }) => <DateTime value={getValue()} />,
    }),
    helper.accessor('status', {
      header: t('columns.status'),
      cell: ({ getValue }) => <StatusBadge status={getValue()} />,
    }),
    ...usageColumns(t, now),
    helper.display({
      id: 'action',
      header: t('columns.action'),
      meta: { phone: 'end' },
      cell: ({ row: { original } }) => <TokenRowMenu token={original} onDelete={() => onDelete(original)} />,
    }),
  ];
}

/** What tells whether a token is still needed; each may be left out. */
function usageColumns(t: Translate, now: string): Column<TokenRow>[] {
  return [
    helper.accessor('lastUsedAt', {
      id: 'lastUsedAt',
      header: t('columns.lastUsedAt'),
      meta: { optional: true },
      cell: ({ row: { original } }) => <LastUseCell token={original} now={now} />,
    }),
    helper.accessor('requests', {
      id: 'requests',
      header: t('columns.requests'),
      meta: { optional: true },
      enableSorting: false,
      cell: ({ getValue }) => (
        <LabelledOnPhones label={t('columns.requests')}>
          <NumberText value={getValue()} />
        </LabelledOnPhones>
      ),
    }),
    helper.accessor('createdBy', {
      id: 'createdBy',
      header: t('columns.createdBy'),
      meta: { optional: true },
      enableSorting: false,
      cell: ({ getValue }) => (
        <LabelledOnPhones label={t('columns.createdBy')}>
          <span className="wrap-anywhere">{getValue() ?? '–'}</span>
        </LabelledOnPhones>
      ),
    }),
    helper.accessor('expiresAt', {
      id: 'expiresAt',
      header: t('columns.expiresAt'),
      meta: { optional: true },
      enableSorting: false,
      cell: ({ row: { original } }) => (
        <LabelledOnPhones label={t('columns.expiresAt')}>
          {original.expiresAt ? <DateTime value={original.expiresAt} /> : t('neverExpires')}
        </LabelledOnPhones>
      ),
    }),
  ];
}
