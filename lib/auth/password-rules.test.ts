import { expect, test } from 'vitest';
import { passwordProblemOf } from './password-rules.ts';
import { changePasswordSchema } from './schema.ts';

const EMAIL = 'linh.tran@acme-corp.example';

test.each([
  'qwerty123456',
  'QWERTY123456',
  '1qaz2wsx3edc',
  'leavemealone',
  'unbelievable',
  'aaaaaaaaaaaa',
  'AbAbAbAbAbAb',
  '123412341234',
  'hunterhunter',
  'xyzzy!xyzzy!xyzzy!',
  '🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊',
])('%s is tried before long', (password) => {
  expect(passwordProblemOf(password, EMAIL)).toBe('common');
});

test.each([
  'linh.tran2026',
  'Linh.Tran@acme-corp.example',
  'acme-corp.example!1',
  'Latchkey2026!',
  'password-acme-1',
  'TranLatchkey123',
])('%s is made of what is known', (password) => {
  expect(passwordProblemOf(password, EMAIL)).toBe('personal');
});

test.each([
  'correct horse battery',
  'all small letters',
  'mật khẩu của riêng tôi',
  '7294018365529',
  'acme tomatoes are blue',
  '            spaces around            ',
  '🦊 🐙 🦉 🐢 🦜 🐌',
])('%j may be, whatever it is made of', (password) => {
  expect(passwordProblemOf(password, EMAIL)).toBeNull();
});

test.each([
  ['', false],
  ['x'.repeat(11), false],
  // Characters are counted, and not their halves.
  ['🦊'.repeat(11), false],
  ['🦊'.repeat(12), true],
  ['x'.repeat(12), true],
  [' '.repeat(12), true],
  ['x'.repeat(200), true],
  ['x'.repeat(201), false],
])('%j is of a length that can be: %s', (next, fits) => {
  expect(changePasswordSchema.safeParse({ current: 'x', next }).success).toBe(fits);
});

test('nothing of a password is changed', () => {
  const next = ' Ａé\u0301 ﬁ\tx \u00a0y ';
  expect(changePasswordSchema.parse({ current: ' c ', next })).toEqual({ current: ' c ', next });
});
