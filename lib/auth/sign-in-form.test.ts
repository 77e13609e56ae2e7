import { expect, test } from 'vitest';
import { readSignInForm } from './sign-in-form.ts';

const read = (type: string, body: string) =>
  readSignInForm(new Request('http://console.test', { method: 'POST', headers: { 'content-type': type }, body }));

test('a form and JSON say the same; what else they hold is left out', async () => {
  const form = { email: 'a@example.com', password: 'b', csrfToken: 'c' };
  const sent = { ...form, callbackUrl: '%00', json: 'false' };
  expect(await read('application/x-www-form-urlencoded', String(new URLSearchParams(sent)))).toEqual(form);
  expect(await read('application/json; charset=utf-8', JSON.stringify(sent))).toEqual(form);
});

test.each(['', '{', '[]', 'null', '1', '{"email":{"not":""}}', '{"password":["a"]}'])('%j is no form', async (body) => {
  expect(await read('application/json', body)).toBeNull();
});
