import { expect, test } from 'vitest';
import { toCsv, toEnv } from './export-tokens.ts';

const named = (...names: string[]) => names.map((name, index) => ({ name, token: `lk_${index}` }));

test('CSV: every cell is quoted, quotes are doubled, lines end as RFC 4180 wants', () => {
  expect(toCsv(named('token-user01', 'a "b", c'))).toBe(
    '"name","token"\r\n"token-user01","lk_0"\r\n"a ""b"", c","lk_1"\r\n',
  );
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)'])('CSV: %s stays a text in a spreadsheet', (name) => {
  expect(toCsv(named(name))).toContain(`"'${name}","lk_0"`);
});

test('.env: variables are of ASCII letters, digits and _, and each is another', () => {
  const lines = toEnv(named('token-user01', 'token user01', 'Người dùng Đông', '1st', '👩‍🚀', '$(rm -rf /)'));
  expect(lines.split('\n').filter((line) => !line.startsWith('#'))).toEqual([
    'TOKEN_USER01=lk_0',
    'TOKEN_USER01_2=lk_1',
    'NGUOI_DUNG_DONG=lk_2',
    'TOKEN_1ST=lk_3',
    '_=lk_4',
    '_RM_RF_=lk_5',
    '',
  ]);
});
