/** A page number, or `gap` for those left out. */
export type PageWindowItem = number | 'gap-before' | 'gap-after';

/** The page numbers to offer: the first, the last, the current one and its neighbours. At most seven items. */
export function pageWindow(page: number, lastPage: number): PageWindowItem[] {
  if (lastPage <= 7) return Array.from({ length: lastPage }, (_, index) => index + 1);
  // Three in the middle; near an end they move inward, so that the row of numbers keeps its width.
  const middle = Math.min(Math.max(page, 4), lastPage - 3);
  const neighbours = [middle - 1, middle, middle + 1];
  return [
    1,
    middle === 4 ? 2 : 'gap-before',
    ...neighbours,
    middle === lastPage - 3 ? lastPage - 1 : 'gap-after',
    lastPage,
  ];
}
