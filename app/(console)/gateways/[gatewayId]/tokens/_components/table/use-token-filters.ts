import { useTranslations } from 'next-intl';
import type { TableFilter } from '#components/data-table/table-filters.tsx';
import { TOKEN_STATUSES, type TokenQuery, UNUSED_FILTERS } from '#lib/tokens/schema.ts';

/** What narrows the list of tokens. `UNUSED_REVIEW` names their values in this order. */
export function useTokenFilters(query: TokenQuery): TableFilter[] {
  const t = useTranslations('tokens.filters');
  const all = { value: '', label: t('all') };
  return [
    {
      name: 'status',
      label: t('status'),
      value: query.status,
      // The word is the same in every language, as it is in the list.
      options: [all, ...TOKEN_STATUSES.map((status) => ({ value: status, label: status }))],
    },
    {
      name: 'unused',
      label: t('use'),
      value: query.unused,
      options: [all, ...UNUSED_FILTERS.map((filter) => ({ value: filter, label: t(`unused.${filter}`) }))],
    },
  ];
}
