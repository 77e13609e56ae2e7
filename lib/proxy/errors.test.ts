import { expect, test } from 'vitest';
import { refuse, refuseName, refuseToken } from './errors.ts';

const bodyOf = ({ body }: { body: Buffer }) => JSON.parse(body.toString());

test('an error has the form that OpenAI clients expect', () => {
  expect(bodyOf(refuse('model_mismatch'))).toEqual({
    error: { message: expect.any(String), type: 'invalid_request_error', code: 'model_mismatch', param: null },
  });
});

test('the challenge says invalid_token only when a token was sent', () => {
  expect(refuseToken('user-1-a', 'missing_authentication_token').headers).toContain('Bearer realm="user-1-a"');
  const headers = refuseToken('user-1-a', 'invalid_authentication_token').headers;
  expect(headers).toContain('Bearer realm="user-1-a", error="invalid_token"');
});

test('an outage asks to come back in a second', () => {
  const { headers } = refuse('authentication_unavailable');
  expect(headers[headers.indexOf('retry-after') + 1]).toBe('1');
});

test('a name that was not found is escaped, cut, and shows no token', () => {
  expect(bodyOf(refuseName('model_not_found', 'Model', 'a"\\\n')).error.message).toBe('Model "a"\\\n" was not found.');
  expect(refuseName('model_not_found', 'Model', 'x'.repeat(1e4)).body.length).toBeLessThan(300);
  for (const start of ['lk_', 'LK_', 'lk%5f', 'l%6B_', '%256c%256b%255F']) {
    const name = `${'x'.repeat(120)}${start}abcdefgh123`;
    expect(refuseName('model_not_found', 'Model', name).body.toString()).not.toContain('abc');
  }
});
