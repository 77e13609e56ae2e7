import { expect, test } from 'vitest';
import { generateToken } from '#lib/tokens/secret.ts';
import { HeaderLines } from '../headers/header-lines.ts';
import { holdsEncodedToken, holdsToken, readCredential } from './credentials.ts';

const token = generateToken();
const read = (...lines: string[]) => readCredential(new HeaderLines(lines));

test.each([
  ['Authorization', `Bearer ${token}`],
  ['authorization', `bearer ${token}`],
  ['AUTHORIZATION', `BEARER ${token}`],
  ['cf-aig-authorization', `Bearer ${token}`],
  ['x-api-key', token],
  ['X-Goog-Api-Key', token],
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

test('an invalid token in the header that wins is not made good by another', () => {
  expect(read('authorization', `Bearer ${token}`, 'cf-aig-authorization', 'Bearer x')).toEqual({ kind: 'invalid' });
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
