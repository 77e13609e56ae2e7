import { expect, test } from 'vitest';
import { findNewcomers, mergeProviders, type SeenProvider } from './merge-providers.ts';

const SEEN: SeenProvider = {
  kind: 'openai-compatible',
  endpoint: 'https://a.example/v1',
  headerName: null,
  keyId: 'k1',
  models: ['one', 'two'],
  opensManagement: false,
  firstByteTimeoutSeconds: null,
  idleTimeoutSeconds: 60,
};

const { keyId: _keyId, headerName: _headerName, ...shown } = SEEN;
const WANTED = { ...shown, endpoint: 'https://a.example/v1', key: '', headerName: '' };

type Wanted = Partial<typeof WANTED>;

const merge = (wanted: Wanted | null, stored: Partial<SeenProvider> | null) =>
  mergeProviders([SEEN], wanted ? [{ ...WANTED, ...wanted }] : [], stored ? [{ ...SEEN, ...stored }] : []);

const conflictsOf = (wanted: Wanted | null, stored: Partial<SeenProvider> | null) =>
  merge(wanted, stored).conflicts.map(({ what }) => what);

const merged: [string, Wanted, Partial<SeenProvider>, object][] = [
  [
    'a model each',
    { models: ['one', 'two', 'mine'] },
    { models: ['theirs', 'one', 'two'] },
    { models: ['one', 'two', 'mine', 'theirs'] },
  ],
  [
    'a removed model and an added one',
    { models: ['one'] },
    { models: ['one', 'two', 'theirs'] },
    { models: ['one', 'theirs'] },
  ],
  ['the same model', { models: ['one', 'two', 'x'] }, { models: ['one', 'two', 'x'] }, { models: ['one', 'two', 'x'] }],
  [
    'one name in two forms',
    { models: ['one', 'two', '\u00e9'] },
    { models: ['one', 'two', 'e\u0301'] },
    { models: ['one', 'two', '\u00e9'] },
  ],
  ['models here, the key there', { models: ['one'] }, { keyId: 'k2' }, { models: ['one'], key: '' }],
  [
    'models here, the address there',
    { models: ['one'] },
    { endpoint: 'https://b.example' },
    { endpoint: 'https://b.example' },
  ],
  ['the key here, limits there', { key: 'new' }, { idleTimeoutSeconds: 9 }, { key: 'new', idleTimeoutSeconds: 9 }],
  [
    'a limit each',
    { idleTimeoutSeconds: 5 },
    { firstByteTimeoutSeconds: 7 },
    { idleTimeoutSeconds: 5, firstByteTimeoutSeconds: 7 },
  ],
  ['the same limit', { idleTimeoutSeconds: 5 }, { idleTimeoutSeconds: 5 }, { idleTimeoutSeconds: 5 }],
  ['a switch there', {}, { opensManagement: true }, { opensManagement: true }],
  ['a switch here', { opensManagement: true }, { models: ['one'] }, { opensManagement: true, models: ['one'] }],
  [
    'the same address',
    { endpoint: 'https://b.example' },
    { endpoint: 'https://b.example' },
    { endpoint: 'https://b.example' },
  ],
];

test.each(merged)('%s: both are there', (_what, wanted, stored, expected) => {
  const { providers, conflicts } = merge(wanted, stored);
  expect(conflicts).toEqual([]);
  expect(providers).toMatchObject([expected]);
});

const conflicting: [string, Wanted | null, Partial<SeenProvider> | null, string[]][] = [
  ['two keys', { key: 'new' }, { keyId: 'k2' }, ['access']],
  ['a first key with a name and a new one', { key: 'new' }, { keyId: null }, ['access']],
  ['two addresses', { endpoint: 'https://b.example' }, { endpoint: 'https://c.example' }, ['access']],
  ['an address here, a key there', { endpoint: 'https://a.example/v2' }, { keyId: 'k2' }, ['access']],
  ['a header each', { headerName: 'x-a' }, { headerName: 'x-b' }, ['access']],
  ['two limits', { idleTimeoutSeconds: 5 }, { idleTimeoutSeconds: 9 }, ['idleTimeoutSeconds']],
  ['a limit and none', { firstByteTimeoutSeconds: 5 }, { firstByteTimeoutSeconds: 9 }, ['firstByteTimeoutSeconds']],
  ['each the other’s model gone', { models: ['one'] }, { models: ['two'] }, ['models']],
  ['too many together', { models: list('a', 400) }, { models: list('b', 400) }, ['models']],
  ['changed here, removed there', { models: ['one'] }, null, ['removed']],
  ['removed here, changed there', null, { models: ['one'] }, ['changed']],
  ['removed here, another key there', null, { keyId: 'k2' }, ['changed']],
  [
    'several at once',
    { key: 'n', idleTimeoutSeconds: 1 },
    { keyId: 'k2', idleTimeoutSeconds: 2 },
    ['idleTimeoutSeconds', 'access'],
  ],
];

test.each(conflicting)('%s: is asked about, and stays as it is wanted here', (_what, wanted, stored, expected) => {
  const { providers, conflicts } = merge(wanted, stored);
  expect(conflicts.map(({ what }) => what).toSorted()).toEqual(expected.toSorted());
  expect(providers).toMatchObject(wanted ? [wanted] : []);
});

test('what is removed on one side, and left as it was on the other, is gone', () => {
  expect(merge({}, null)).toEqual({ providers: [], conflicts: [] });
  expect(merge(null, {})).toEqual({ providers: [], conflicts: [] });
  expect(merge(null, null)).toEqual({ providers: [], conflicts: [] });
});

test('what both connected is asked about; what only somebody else did is a newcomer', () => {
  const stored = [SEEN, { ...SEEN, kind: 'openai' as const }];
  const mine = { ...WANTED, kind: 'openai' as const };
  expect(mergeProviders([], [mine], stored).conflicts).toEqual([{ kind: 'openai', what: 'added' }]);
  expect(findNewcomers([], [mine], stored).map(({ kind }) => kind)).toEqual(['openai-compatible']);
  expect(findNewcomers([SEEN], [], stored).map(({ kind }) => kind)).toEqual(['openai']);
});

test('nothing that was changed is no conflict, whatever somebody else did', () => {
  for (const stored of [
    { keyId: 'k2' },
    { endpoint: 'https://c.example' },
    { models: ['x'] },
    { idleTimeoutSeconds: 1 },
  ]) {
    expect(conflictsOf({}, stored)).toEqual([]);
  }
});

function list(name: string, count: number): string[] {
  return ['one', 'two', ...Array.from({ length: count }, (_, at) => `${name}${at}`)];
}
