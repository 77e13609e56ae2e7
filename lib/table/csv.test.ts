import papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvResponse, toCsv, toPastedRows } from './csv.ts';

test('a file begins with a mark that spreadsheets know UTF-8 by; lines and quotes are those of RFC 4180', () => {
  expect(
    toCsv(
      ['name', 'of'],
      [
        ['a "b", c', 1],
        ['d\ne', null],
      ],
    ),
  ).toBe('\ufeff"name","of"\r\n"a ""b"", c","1"\r\n"d\ne",""\r\n');
});

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t1',
  '\r=1',
  '\n=1',
  '=1\n2',
  '＝1+1',
  '＋1',
  '－1',
  '＠A1',
  "=cmd|'/c calc'!A1",
])('%j stays a text', (text) => {
  const [cells] = papa.parse<string[]>(toCsv([text], []).slice(1)).data;
  expect(cells).toEqual([`'${text}`]);
});

test.each(['a;=1+1', 'a; =HYPERLINK("x")', 'a\t+1', 'x|@SUM(1)', 'a;\n=1'])(
  'nor does %j where another sign ends a cell',
  (text) => {
    const [[cell = ''] = []] = papa.parse<string[]>(toCsv([text], []).slice(1)).data;
    for (const part of cell.split(/[;\t|]/)) expect(part.trim()).not.toMatch(/^[=+\-@]/);
  },
);

test('what is pasted has a line a row and a tab a cell; quotes where a cell has one of them, and no formula', () => {
  const rows = [
    ['a', 'b'],
    ['=1', null],
    ['d\te', 'f "g"'],
  ];
  expect(toPastedRows(rows)).toBe('a\tb\n"\'=1"\t\n"d\te"\t"f ""g"""');
});

test('what is streamed is the same, batch by batch, without an end of a line too much', async () => {
  async function* batches() {
    yield [['a'], ['b']];
    yield [];
    yield [['=c']];
  }
  const response = csvResponse('x.csv', ['name'], batches());
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="x.csv"');
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(toCsv(['name'], [['a'], ['b'], ['=c']]));
});
