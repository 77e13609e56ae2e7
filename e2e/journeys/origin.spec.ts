import { expect } from '@playwright/test';
import { sendAction } from './support/action-call.ts';
import { catchCreation, catchDeletion } from './support/caught-calls.ts';
import { addTokens, test } from './support/test.ts';

test('a mutation with a foreign or missing Origin is refused; the same with its own is done', async ({
  page,
  product,
  tenant,
  data,
}) => {
  await addTokens(data, tenant, ['token-user01']);
  const call = await catchDeletion(page, tenant, ['token-user01']);
  const port = new URL(product.origin).port;
  const foreign = [
    undefined,
    'null',
    'https://evil.example',
    `http://localhost.evil.example:${port}`,
    'http://localhost:1',
  ];
  for (const origin of foreign) {
    expect([origin, (await sendAction(page, call, origin)).status()]).toEqual([origin, 403]);
  }
  for (const method of ['PUT', 'PATCH', 'DELETE']) {
    expect((await page.request.fetch(call.url, { method })).status()).toBe(403);
  }
  await page.request.get(call.url, { headers: call.headers });
  expect(await data.db.authenticationToken.count({ where: { accountId: tenant.accountId } })).toBe(1);
  expect((await sendAction(page, call, product.origin)).status()).toBe(200);
  expect(await data.db.authenticationToken.count({ where: { accountId: tenant.accountId } })).toBe(0);
});

test('signing in from another site is refused', async ({ page }) => {
  const foreign: Record<string, string>[] = [{}, { origin: 'null' }, { origin: 'https://evil.example' }];
  for (const headers of foreign) {
    const answer = await page.request.post('/api/auth/callback/credentials', { headers, form: { json: 'true' } });
    expect(answer.status()).toBe(403);
  }
});

test('names that no form would send are answered, and quickly', async ({ page, product, tenant, data }) => {
  const call = await catchCreation(page, tenant, 'planted');
  const cases: [string, string][] = [
    ['"a\\u0000b"', 'forbiddenCharacter'],
    ['"a\\ud800b"', 'forbiddenCharacter'],
    ['"   "', 'required'],
    ['null', 'required'],
    ['{"not":""}', 'required'],
    [JSON.stringify('W'.repeat(999_000)), 'tooLong'],
  ];
  for (const [name, code] of cases) {
    const answer = await sendAction(page, { ...call, body: call.body.replace('"planted"', name) }, product.origin);
    expect([name.slice(0, 20), answer.status()]).toEqual([name.slice(0, 20), 200]);
    expect(await answer.text()).toContain(`"message":"${code}"`);
  }
  const huge = { ...call, body: call.body.replace('planted', '😀'.repeat(1_000_000)) };
  expect((await sendAction(page, huge, product.origin)).status()).toBe(413);
  expect(await data.db.authenticationToken.count({ where: { accountId: tenant.accountId } })).toBe(0);
});
