import { expect, test } from 'vitest';
import { rangeBetween } from '#components/data-table/range-between.ts';

const IDS = ['a', 'b', 'c', 'd'];

test.each([
  ['b', 'd', ['b', 'c', 'd']],
  ['d', 'b', ['b', 'c', 'd']],
  ['b', 'b', ['b']],
  [null, 'c', ['c']],
  ['gone', 'c', ['c']],
])('from %s to %s', (from, to, range) => {
  expect(rangeBetween(IDS, from, to)).toEqual(range);
});
