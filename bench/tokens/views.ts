import { TOKEN_SORT_COLUMNS, TOKEN_STATUSES, UNUSED_FILTERS } from '#lib/tokens/schema.ts';

/** What an admin may ask the table for, as the address has it. */
export type View = { name: string; query: Record<string, string> };

const SEARCHES = [
  'token',
  'nhom',
  'Dữ liệu',
  'dữ-liệu',
  'user00',
  'user0012',
  '4711',
  '00471',
  'r0',
  '7',
  'ự',
  'zz',
  'nobody',
  'mobile-app',
  'user9',
  '-user5',
];

/** The first, a middle and the last page of each sort, each filter, and searches that find all, some, one and none. */
export function listViews(total: number): View[] {
  const middle = String(Math.ceil(total / 20));
  const last = String(Math.ceil(total / 10));
  const sorts = TOKEN_SORT_COLUMNS.flatMap((sort) =>
    ['asc', 'desc'].flatMap((order): View[] => [
      { name: `sort ${sort} ${order}, first page`, query: { sort, order } },
      { name: `sort ${sort} ${order}, page ${middle}`, query: { sort, order, page: middle } },
      { name: `sort ${sort} ${order}, last page`, query: { sort, order, page: last } },
    ]),
  );
  const filters: Record<string, string>[] = [
    ...TOKEN_STATUSES.map((status) => ({ status })),
    ...UNUSED_FILTERS.map((unused) => ({ unused })),
    { status: 'DISABLED', unused: '90' },
  ];
  return [
    ...sorts,
    ...filters.flatMap((query) => [
      { name: `filter ${Object.values(query).join(', ')}`, query },
      { name: `filter ${Object.values(query).join(', ')} by name`, query: { ...query, sort: 'name', order: 'asc' } },
    ]),
    ...SEARCHES.map((q) => ({ name: `search ${q}`, query: { q } })),
    ...SEARCHES.map((q) => ({ name: `search ${q} by name`, query: { q, sort: 'name', order: 'asc' } })),
    { name: 'search 47 among DISABLED', query: { q: '47', status: 'DISABLED' } },
  ];
}
