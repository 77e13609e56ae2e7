import { TOKEN_SORT_COLUMNS, TOKEN_STATUSES, UNUSED_FILTERS } from '#lib/tokens/schema.ts';

/** What an admin may ask the table for, as the address has it. */
export type View = { name: string; query: Record<string, string> };

/** One letter, two, many; at the beginning, in the middle, at the end; of all names, of some, of one, of none. */
const SEARCHES = [
  ...['7', 'e', 'z', 'ự', '-', '%', '_', '\\', '字'],
  ...['r0', '99', 'zz', 'zq', '-u', 'u-', '--'],
  ...['user', 'token', 'nhom', 'Dữ liệu', 'dữ-liệu', 'mobile-app', 'kế-toán-user0', 'CI-', 'oan', 'p-use', 'i-u'],
  ...['user00', 'user0012', '-user09', 't-user07', '4711', '00471', '471', '999999', 'r-7', 'nobody', 'userr'],
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
    ...SEARCHES.flatMap((q) => searchedViews(q)),
  ];
}

/** In each order, among the disabled and the unused, and the last page that can be reached. */
function searchedViews(q: string): View[] {
  const sorts = TOKEN_SORT_COLUMNS.flatMap((sort) => ['asc', 'desc'].map((order) => ({ sort, order })));
  return [
    ...sorts.map((by) => ({ name: `search ${q} by ${by.sort} ${by.order}`, query: { q, ...by } })),
    { name: `search ${q}, last page`, query: { q, page: '1000' } },
    { name: `search ${q} among DISABLED by name`, query: { q, status: 'DISABLED', sort: 'name', order: 'asc' } },
    { name: `search ${q} among unused`, query: { q, unused: '90' } },
  ];
}
