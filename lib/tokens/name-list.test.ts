import { expect, test } from 'vitest';
import { cpuMilliseconds } from '#testing/cpu-clock.ts';
import { expandNames } from './name-list.ts';

const namesOf = (text: string) => expandNames(text, 500).map(({ name }) => name);

test.each([
  ['token-user01 … token-user50', 50, 'token-user01', 'token-user50'],
  ['token-user8...token-user12', 5, 'token-user8', 'token-user12'],
  ['a09 .. a11', 3, 'a09', 'a11'],
  ['nhóm-1…3', 3, 'nhóm-1', 'nhóm-3'],
  ['v2-x1 … v2-x2', 2, 'v2-x1', 'v2-x2'],
  ['7 … 7', 1, '7', '7'],
])('%s is %i names', (text, count, first, last) => {
  const names = namesOf(text);
  expect([names.length, names[0], names.at(-1)]).toEqual([count, first, last]);
});

test('a name a line, trimmed, empty lines passed over, in the order given', () => {
  expect(namesOf('b\r\n\n  a  \rc1 … c2\n')).toEqual(['b', 'a', 'c1', 'c2']);
});

test('dots in a name make no range', () => {
  expect(namesOf('v1.2\na...b\n1.2.3')).toEqual(['v1.2', 'a...b', '1.2.3']);
});

test('what is wrong is said name by name', () => {
  const listed = expandNames(`a\nA\n${'x'.repeat(65)}\nto\u200bken\nb5 … b1\nc1 … d3\nok`, 500);
  expect(listed.map(({ problem }) => problem)).toEqual([
    null,
    'duplicate',
    'tooLong',
    'forbiddenCharacter',
    'badRange',
    'badRange',
    null,
  ]);
});

test('a range of a thousand million ends one above the most, at once', () => {
  const ranges = Array.from({ length: 9 }, (_, n) => `r${n}-1 … r${n}-100`).join('\n');
  const taken = cpuMilliseconds(() => {
    expect(expandNames('a1 … a999999999', 500)).toHaveLength(501);
    expect(expandNames(ranges, 500)).toHaveLength(501);
  });
  expect(taken).toBeLessThan(500);
});
