import { expect, test } from 'vitest';
import { findTwins } from './look-alike.ts';

const areTwins = (name: string, other: string) => findTwins([name], [other]).length > 0;

test.each([
  ['Cyrillic', 'dеv-1', 'dev-1'],
  ['Greek', 'tοken', 'token'],
  ['full width', 'ｄｅｖ', 'dev'],
  ['bold of mathematics', '𝐝𝐞𝐯', 'dev'],
  ['a hyphen that does not break', 'dev‑1', 'dev-1'],
  ['a space that does not break', 'dev\u00a01', 'dev 1'],
  ['two spaces, which pages show as one', 'dev  1', 'dev 1'],
  ['one, small L and capital I', 'token-1', 'token-l'],
  ['capital I and small L', 'OpenAI', 'OpenAl'],
  ['zero and O', 'user0', 'userO'],
  ['r and n for m', 'modern', 'modem'],
  ['in capitals', 'DЕV', 'dev'],
  ['letters that are composed, and Cyrillic', 'cafе́', 'café'],
])('names look alike: %s', (_how, name, other) => {
  expect([areTwins(name, other), areTwins(other, name)]).toEqual([true, true]);
});

test.each([
  ['the same name', 'dev', 'dev'],
  ['the same name but for case', 'Dev', 'DEV'],
  ['the same name, composed otherwise', 'café'.normalize('NFD'), 'café'],
  ['numbers', 'user-1', 'user-2'],
  ['a longer number', 'user-1', 'user-11'],
  ['a hyphen more', 'dev-1', 'dev1'],
  ['emoji', 'team-😀', 'team-😃'],
])('names do not: %s', (_how, name, other) => {
  expect(areTwins(name, other)).toBe(false);
});

test('no letter of Vietnamese looks like another, with or without its marks', () => {
  const vowels = ['a', 'ă', 'â', 'e', 'ê', 'i', 'o', 'ô', 'ơ', 'u', 'ư', 'y'];
  const tones = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
  const letters = vowels.flatMap((vowel) => tones.map((tone) => (vowel + tone).normalize('NFC')));
  expect(
    findTwins(
      [...letters, 'd', 'đ'].map((letter) => `kh${letter}ch`),
      [],
    ),
  ).toEqual([]);
});

test('what differs is told, each once', () => {
  expect(findTwins(['dеv‑tеam'], ['dev-team'])).toEqual([
    {
      name: 'dеv‑tеam',
      twin: 'dev-team',
      isListed: false,
      differences: [
        { given: 'е', other: 'e' },
        { given: '‑', other: '-' },
      ],
    },
  ]);
  expect(findTwins(['modern'], ['modem'])[0]?.differences).toEqual([{ given: 'rn', other: 'm' }]);
});

test('twins within a list are told of the later one', () => {
  expect(findTwins(['dev', 'ops', 'dеv'], [])).toMatchObject([{ name: 'dеv', twin: 'dev', isListed: true }]);
});
