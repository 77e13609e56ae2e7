import { expect, test } from 'vitest';
import { generateToken } from '#lib/tokens/secret.ts';
import { HeaderLines } from '../headers/header-lines.ts';
import { holdsEncodedToken, holdsToken, holdsTokenAsHeader, readCredential } from './credentials.ts';

const token = generateToken();
const read = (...lines: string[]) => readCredential(new HeaderLines(lines));

test.each([
  ['Authorization', `Bearer ${token}`],
  ['authorization', `bearer ${token}`],
  ['AUTHORIZATION', `BEARER ${token}`],
  ['cf-aig-authorization', `Bearer ${token}`],
  ['x-api-key', token],
  ['X-Goog-Api-Key', token],
  ['Api-Key', token],
])('%s: %s carries the token', (name, value) => {
  expect(read(name, value)).toEqual({ kind: 'token', token, carrier: name.toLowerCase() });
});

test.each([
  ['no header', []],
  ['Basic', ['authorization', 'Basic dTpw']],
  ['a scheme that begins like Bearer', ['authorization', `Bearers ${token}`]],
  ['no scheme', ['authorization', token]],
  ['a header of another name', ['x-token', token]],
  ['a cookie', ['cookie', `token=${token}`]],
])('%s is no token', (_name, lines) => {
  expect(read(...lines)).toEqual({ kind: 'missing' });
});

test.each([
  'Bearer',
  'Bearer ',
  'Bearer a b',
  `Bearer  ${token}`,
  `Bearer\t${token}`,
  `Bearer ${token} `,
  `Bearer "${token}"`,
  `Bearer ${token}, Bearer ${token}`,
  `Bearer ${token.toLowerCase()}`,
  `Bearer ${encodeURIComponent(` ${token}`)}`,
  `Bearer ${token.replace('l', '%6c')}`,
  `Bearer ${'x'.repeat(8192)}`,
])('%j is an invalid token', (value) => {
  expect(read('authorization', value)).toEqual({ kind: 'invalid' });
});

test('cf-aig-authorization wins over Authorization, and that over the API key headers', () => {
  const other = generateToken();
  expect(read('authorization', `Bearer ${other}`, 'cf-aig-authorization', `Bearer ${token}`)).toMatchObject({ token });
  expect(read('x-api-key', other, 'authorization', `Bearer ${token}`)).toMatchObject({ token });
  expect(read('x-goog-api-key', other, 'x-api-key', token)).toMatchObject({ token });
});

const NO_TOKENS = [
  'Bearer',
  'Bearer ',
  'Bearer undefined',
  'Bearer null',
  'Bearer sk-own',
  `Bearer ${token}x`,
  'Basic x',
];
const NO_KEYS = ['', 'undefined', 'sk-ant-own', token.toLowerCase()];
const CARRIERS: [name: string, good: string, others: string[]][] = [
  ['cf-aig-authorization', `Bearer ${token}`, NO_TOKENS],
  ['authorization', `Bearer ${token}`, NO_TOKENS],
  ['x-api-key', token, NO_KEYS],
  ['x-goog-api-key', token, NO_KEYS],
  ['api-key', token, NO_KEYS],
];
const BESIDE = CARRIERS.flatMap(([name, good]) =>
  CARRIERS.filter(([other]) => other !== name).flatMap(([other, , values]) =>
    values.map((value) => [other, value, name, good] as const),
  ),
);

test.each(BESIDE)('%s: %s does not hide the token in %s', (other, value, carrier, good) => {
  expect(read(other, value, carrier, good)).toEqual({ kind: 'token', token, carrier });
});

test('several that are no token are an invalid one', () => {
  expect(read('authorization', 'Bearer undefined', 'x-api-key', 'sk-own')).toEqual({ kind: 'invalid' });
});

test('beside an Authorization of another scheme, an API key header carries the token', () => {
  expect(read('authorization', 'Basic dTpw', 'x-api-key', token)).toMatchObject({ carrier: 'x-api-key' });
});

test.each(['authorization', 'cf-aig-authorization', 'x-api-key', 'x-goog-api-key', 'api-key'])(
  'two lines of %s are refused',
  (name) => {
    expect(read(name, `Bearer ${token}`, name.toUpperCase(), `Bearer ${token}`)).toMatchObject({ kind: 'own_answer' });
  },
);

test('a token is seen inside other text, and what only begins like one is not', () => {
  expect(holdsToken(`?key=${token}&x=1`)).toBe(true);
  expect(holdsToken('folk_music lk_short')).toBe(false);
  expect(holdsEncodedToken(`?key=%6c${token.slice(1)}`)).toBe(true);
  expect(holdsEncodedToken('?a=%zz%6c')).toBe(false);
});

test.each([
  token.toLowerCase(),
  token.toUpperCase(),
  `my%20token%3A${token}`,
  token.replace('_', '%5F'),
  token.replace('l', '%256C'),
  `Basic ${btoa(`user:${token}`)}`,
  `basic  ${btoa(`${token}:`)}`,
])('a token is seen in the header value %j', (value) => {
  expect(holdsTokenAsHeader(value)).toBe(true);
});

test.each([`Basic ${btoa(`user:${'x'.repeat(60)}`)}`, 'Basic', 'x'.repeat(60), 'sk_live_'.repeat(9)])(
  'there is none in %j',
  (value) => {
    expect(holdsTokenAsHeader(value)).toBe(false);
  },
);
