import { expect, test } from 'vitest';
import { cpuMilliseconds } from '#testing/cpu-clock.ts';
import { parseName, toNameKey } from './name.ts';

test.each([
  'token-user01',
  'token-người-dùng',
  '<script>alert(1)</script>',
  '100%_\\',
  'مفتاح',
  '👩‍🚀 crew',
  '👩🏽‍🚀',
  '👨‍👩‍👧‍👦',
  '🏳️‍🌈',
  '❤️‍🔥',
  '🇻🇳',
  '1️⃣',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'a'.repeat(64),
  '😀'.repeat(64),
])('accepted unchanged: %s', (name) => {
  expect(parseName(name)).toEqual({ name });
});

test('trimmed and composed', () => {
  expect(parseName(`\u3000 ${'ngươ\u0300i du\u0300ng'.normalize('NFD')}\n`)).toEqual({ name: 'người dùng' });
});

test('64 code points are counted after composing', () => {
  expect(parseName('ự'.repeat(64).normalize('NFD'))).toEqual({ name: 'ự'.repeat(64) });
  expect(parseName('ự'.repeat(65).normalize('NFD'))).toEqual({ problem: 'tooLong' });
});

test.each(['', ' ', '\t\n\u00a0\u3000\ufeff'])('nothing but spaces is no name: %j', (input) => {
  expect(parseName(input)).toEqual({ problem: 'required' });
});

test.each(['a'.repeat(65), '😀'.repeat(65), 'W'.repeat(1_000_000)])('too long', (input) => {
  expect(parseName(input)).toEqual({ problem: 'tooLong' });
});

test.each([
  ['NUL', 'a\0b'],
  ['a line break inside', 'a\nb'],
  ['a C1 control', 'a\u0085b'],
  ['a lone surrogate', 'a\ud83d'],
  ['zero-width space', 'a\u200bb'],
  ['a joiner between letters', 'a\u200db'],
  ['a joiner between digits', '1\u200d2'],
  ['a joiner at the end of an emoji', '👩\u200d'],
  ['zero-width non-joiner', 'a\u200cb'],
  ['word joiner', 'a\u2060b'],
  ['byte order mark inside', 'a\ufeffb'],
  ['right-to-left override', 'a\u202eb'],
  ['isolate', 'a\u2067b'],
  ['line separator', 'a\u2028b'],
  ['soft hyphen', 'a\u00adb'],
  ['Hangul filler', '\u3164'],
  ['a selector on a letter', 'a\ufe0f'],
  ['tags', 'a\u{e0061}'],
  ['an empty Braille cell', '\u2800'],
  ['an empty Braille cell inside', 'a\u2800b'],
  ['a note without head', '\u{1d159}'],
  ['no character', 'a\ufffe'],
  ['no character of another plane', '\u{1ffff}a'],
  ['no character inside Arabic forms', '\ufdd0'],
  ['private use', 'a\ue000'],
  ['private use of another plane', '\u{10fffd}'],
])('%s is refused', (_, input) => {
  expect(parseName(input)).toEqual({ problem: 'forbiddenCharacter' });
});

test.each([
  ['spaces', ' '.repeat(1_000_000)],
  ['letters', 'a'.repeat(1_000_000)],
  ['marks', `a${'\u0300'.repeat(1_000_000)}`],
  ['emoji', '👩‍'.repeat(300_000)],
  ['NUL', '\0'.repeat(1_000_000)],
])('a million %s are refused within 100 ms of work', (_, input) => {
  expect(cpuMilliseconds(() => expect(parseName(input)).toHaveProperty('problem'))).toBeLessThan(100);
});

test('names that differ in case or composition are one name', () => {
  expect(toNameKey('TOKEN-NGƯỜI'.normalize('NFD'))).toBe(toNameKey('token-người'));
});
