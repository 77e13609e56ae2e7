import { expect, test } from 'vitest';
import { pageWindow } from '#components/data-table/page-window.ts';

test.each([
  [1, 1, [1]],
  [2, 3, [1, 2, 3]],
  [4, 7, [1, 2, 3, 4, 5, 6, 7]],
  [1, 8, [1, 2, 3, 4, 5, 'gap-after', 8]],
  [4, 8, [1, 2, 3, 4, 5, 'gap-after', 8]],
  [5, 8, [1, 'gap-before', 4, 5, 6, 7, 8]],
  [8, 8, [1, 'gap-before', 4, 5, 6, 7, 8]],
  [25_000, 50_000, [1, 'gap-before', 24_999, 25_000, 25_001, 'gap-after', 50_000]],
])('page %i of %i', (page, lastPage, expected) => {
  expect(pageWindow(page, lastPage)).toEqual(expected);
});
