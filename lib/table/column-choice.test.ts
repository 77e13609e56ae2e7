import { expect, test } from 'vitest';
import { formatColumnChoice, parseColumnChoice } from './column-choice.ts';

const OPTIONAL = ['a', 'b', 'c'] as const;

test('who has chosen nothing sees the usual columns', () => {
  expect(parseColumnChoice(undefined, OPTIONAL, ['a'])).toEqual(['a']);
});

test.each([[[]], [['b']], [['a', 'b', 'c']]])('%j is kept', (columns) => {
  expect(parseColumnChoice(formatColumnChoice(columns), OPTIONAL, ['a'])).toEqual(columns);
});

test('what is no optional column is passed over, and each comes once', () => {
  expect(parseColumnChoice('c.x.c.__proto__.b', OPTIONAL, ['a'])).toEqual(['b', 'c']);
});
