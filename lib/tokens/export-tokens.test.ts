import { execFileSync } from 'node:child_process';
import { parseEnv } from 'node:util';
import papa from 'papaparse';
import { expect, test } from 'vitest';
import { TOKEN_LIST_HEADER, toEnv, toListCells, toSecretsCsv } from './export-tokens.ts';

const REACH = {
  gateway: 'demo-gateway',
  baseUrl: 'https://console.example/gateway/user-1-demo/v1',
  models: ['deepseek/a', 'deepseek/b'],
};

const named = (...names: string[]) =>
  names.map((name, index) => ({ id: `${index}`, name, token: `lk_${index}`, expiresAt: null }));

test('CSV: each token with all that its user needs', () => {
  const [token] = named('token-user01');
  const csv = toSecretsCsv(REACH, [
    { ...token, name: 'Người dùng 01', id: '0', token: 'lk_0', expiresAt: '2027-01-01T00:00:00.000Z' },
  ]);
  expect(papa.parse(csv.slice(1), { header: true, skipEmptyLines: true }).data).toEqual([
    {
      name: 'Người dùng 01',
      token: 'lk_0',
      gateway: 'demo-gateway',
      base_url: REACH.baseUrl,
      models: 'deepseek/a; deepseek/b',
      expires_at: '2027-01-01T00:00:00.000Z',
    },
  ]);
});

test('the list has no secret, and a cell for each column', () => {
  const row = {
    id: 'i',
    name: 'n',
    masked: 'lk_abcd…wxyz',
    status: 'ACTIVE' as const,
    createdAt: 'c',
    createdBy: null,
    expiresAt: null,
    lastUsedAt: null,
    lastUsedFrom: null,
    requests: 0,
    previous: null,
  };
  expect(toListCells('g', row)).toHaveLength(TOKEN_LIST_HEADER.length);
});

test('.env: variables are of ASCII letters, digits and _, begin with LK_, and each is another', () => {
  const names = [
    'token-user01',
    'token user01',
    'Người dùng Đông',
    '1st',
    '👩‍🚀',
    '$(rm -rf /)',
    'PATH',
    'base url',
    'token-user01 2',
    'LK_PATH',
  ];
  expect(variablesOf(toEnv(REACH, named(...names)))).toEqual([
    'LK_BASE_URL',
    'LK_TOKEN_USER01',
    'LK_TOKEN_USER01_2',
    'LK_NGUOI_DUNG_DONG',
    'LK_1ST',
    'LK_TOKEN',
    'LK_RM_RF',
    'LK_PATH',
    'LK_BASE_URL_2',
    'LK_TOKEN_USER01_2_2',
    'LK_LK_PATH',
  ]);
});

const NASTY = [
  '`id`',
  '$HOME',
  'a=b',
  "it's",
  '"quoted"',
  '# no comment',
  'a\\b',
  '$' + '{X}',
  'export X=1',
  'Ünï-çødé',
  'ｄｅｖ',
  '-',
];

test('.env: a loader and a shell read the same, and run nothing', () => {
  const text = toEnv(REACH, named(...NASTY));
  const loaded = parseEnv(text);
  const expected = [REACH.baseUrl, ...NASTY.map((_name, index) => `lk_${index}`)];
  expect(Object.values(loaded).toSorted()).toEqual(expected.toSorted());
  expect(Object.keys(loaded).toSorted()).toEqual(variablesOf(text).toSorted());
  const printed = execFileSync('sh', ['-c', 'set -a; eval "$TEXT"; unset TEXT; env -0'], {
    env: { ...process.env, TEXT: text },
  });
  const inShell = printed
    .toString()
    .split('\0')
    .filter((line) => line.startsWith('LK_'));
  expect(inShell.toSorted()).toEqual(
    Object.entries(loaded)
      .map(([name, value]) => `${name}=${value}`)
      .toSorted(),
  );
});

/** In the order of the file. */
function variablesOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => line.split('=')[0] ?? '');
}
