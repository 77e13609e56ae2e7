import { expect, test } from 'vitest';
import { escapeLike, locatePage, tableQuerySchema } from './table-query.ts';

const schema = tableQuerySchema(['name', 'createdAt'], { sort: 'createdAt', order: 'desc' });
const DEFAULTS = { page: 1, size: 10, sort: 'createdAt', order: 'desc', q: '' };

test('an address without parameters is the first page', () => {
  expect(schema.parse({})).toEqual(DEFAULTS);
});

test('every parameter is read', () => {
  const query = { page: '3', size: '50', sort: 'name', order: 'asc', q: ' user ' };
  expect(schema.parse(query)).toEqual({ page: 3, size: 50, sort: 'name', order: 'asc', q: 'user' });
});

test.each([
  { page: '0' },
  { page: '-1' },
  { page: '1.5' },
  { page: 'two' },
  { page: '1e99' },
  { page: ['1', '2'] },
  { size: '11' },
  { size: '1000000' },
  { size: '' },
  { sort: 'hash' },
  { sort: 'name; DROP TABLE account' },
  { order: 'sideways' },
  { q: 'a\0b' },
  { q: '\ud800' },
  { q: 'a'.repeat(1_000_000) },
  { q: ['a', 'b'] },
])('what cannot be used falls back to the default: %j', (query) => {
  expect(schema.parse(query)).toEqual(DEFAULTS);
});

test('a page behind the last one is the last one', () => {
  expect(locatePage({ page: 9, size: 10 }, 23)).toEqual({ page: 3, offset: 20 });
  expect(locatePage({ page: 2, size: 10 }, 10)).toEqual({ page: 1, offset: 0 });
  expect(locatePage({ page: 1, size: 10 }, 0)).toEqual({ page: 1, offset: 0 });
});

test('the wildcards of LIKE stand for themselves', () => {
  expect(escapeLike('50%_\\')).toBe('50\\%\\_\\\\');
});
