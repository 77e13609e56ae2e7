import { expect, test } from 'vitest';
import { HeaderLines } from '../headers/header-lines.ts';
import { CallRecord } from '../observe/call-record.ts';
import { answerPreflight, corsLines, findAllowedOrigin } from './cors.ts';
import type { AccessStore } from './store.ts';

const APP = 'https://app.example.com';

function storeWith(...corsOrigins: string[]): AccessStore {
  const gateway = { open: false, corsOrigins: new Set(corsOrigins) };
  return {
    findTokenless: (slug) => (slug === 's' ? gateway : null),
    findAccess: () => ({ kind: 'token_refused' }),
    close: async () => {},
  };
}

const find = (store: AccessStore, lines: string[], slug = 's') =>
  findAllowedOrigin(store, slug, new HeaderLines(lines));

test('an origin is allowed as it stands in the list, and no other way of writing it', () => {
  expect(find(storeWith(APP), ['Origin', APP])).toBe(APP);
  for (const other of ['https://APP.example.com', `${APP}/`, `${APP}:443`, `${APP}.evil.example`, 'null', '', '*']) {
    expect(find(storeWith(APP), ['Origin', other])).toBeNull();
  }
  expect(find(storeWith(APP), ['Origin', APP], 'another')).toBeNull();
  expect(find(storeWith(), ['Origin', APP])).toBeNull();
});

test('* allows every origin, and nothing is said to what is no page', () => {
  expect(find(storeWith('*'), ['Origin', 'https://any.example'])).toBe('*');
  expect(find(storeWith(APP, '*'), ['Origin', 'null'])).toBe('*');
  expect(find(storeWith('*'), [])).toBeNull();
});

test('what cannot be known is allowed to nobody, and is no error of the call', async () => {
  const down = (findTokenless: AccessStore['findTokenless']) => ({ ...storeWith(APP), findTokenless });
  const fail = (): never => {
    throw new Error('down');
  };
  expect(await find(down(fail), ['Origin', APP])).toBeNull();
  expect(
    await find(
      down(async () => fail()),
      ['Origin', APP],
    ),
  ).toBeNull();
});

function preflight(asked: string | null, { method = 'OPTIONS', allowed = APP as string | null } = {}) {
  const lines = ['Access-Control-Request-Method', 'POST'];
  if (asked !== null) lines.push('Access-Control-Request-Headers', asked);
  const headers = new HeaderLines(lines);
  const answer = answerPreflight(method, headers, allowed, new CallRecord(method, 's', headers, undefined));
  return answer && new HeaderLines(answer.headers);
}

test('a preflight is told the headers that it asked for, by name', () => {
  expect(preflight('authorization,content-type,x-stainless-os')?.all('access-control-allow-headers')).toEqual([
    'authorization,content-type,x-stainless-os',
  ]);
  expect(preflight('Authorization, Content-Type')?.first('access-control-allow-headers')).toBe(
    'Authorization, Content-Type',
  );
});

test.each([
  ['none', null],
  ['an empty list', ''],
  ['a line break', 'authorization\r\nset-cookie: a=b'],
  ['what is no name', 'authorization, x y'],
  ['an empty name', 'authorization,,x'],
  ['bytes beyond ASCII', 'authorizatiön'],
  ['more than any page needs', Array.from({ length: 1_000 }, (_, index) => `x-${index}`).join(',')],
])('asked for %s, the preflight names none', (_what, asked) => {
  expect(preflight(asked)?.names).not.toContain('access-control-allow-headers');
  expect(preflight(asked)?.first('access-control-allow-methods')).toContain('POST');
});

test('only OPTIONS with a method to ask for, from an allowed origin, is a preflight', () => {
  expect(preflight('authorization', { method: 'POST' })).toBeNull();
  expect(preflight('authorization', { allowed: null })).toBeNull();
  const headers = new HeaderLines(['Access-Control-Request-Headers', 'authorization']);
  expect(answerPreflight('OPTIONS', headers, APP, new CallRecord('OPTIONS', 's', headers, undefined))).toBeNull();
});

test('pages are never let send cookies along', () => {
  expect(corsLines(null)).toEqual([]);
  expect(new HeaderLines(corsLines('*')).names).not.toContain('access-control-allow-credentials');
});
