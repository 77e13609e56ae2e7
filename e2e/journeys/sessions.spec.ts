import { expect } from '@playwright/test';
import { addTokens, PASSWORD, signedOutTest, signIn, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

signedOutTest('no page shows anything without a session', async ({ page, tenant, data }) => {
  await addTokens(data, tenant, ['planted-token']);
  const { id } = tenant.gateway;
  const planted = [tenant.email, 'demo-gateway', 'planted-token', 'deepseek-reasoner'];
  const ofGateway = ['', '/providers', '/tokens'].map((path) => `/gateways/${id}${path}`);
  for (const path of ['/', '/gateways', '/gateways/new', '/model-providers', '/audit', '/account', ...ofGateway]) {
    const answer = await page.request.get(path, { maxRedirects: 0 });
    expect([path, answer.status()]).toEqual([path, 307]);
    expect(answer.headers().location).toMatch(/^\/sign-in/);
    // As a soft navigation asks for it: the payload itself then says where to go.
    const payload = await (await page.request.get(path, { headers: { rsc: '1' } })).text();
    expect(payload).toContain('NEXT_REDIRECT;replace;/sign-in');
    const text = (await answer.text()) + payload;
    expect(planted.filter((word) => text.includes(word))).toEqual([]);
  }
});

signedOutTest('what of next-auth is not used does not answer', async ({ page, product }) => {
  for (const path of ['session', 'signin', 'providers', 'error', 'signout', 'verify-request']) {
    expect((await page.request.get(`/api/auth/${path}`)).status()).toBe(404);
  }
  for (const path of ['signout', 'session', '_log', 'signin/credentials']) {
    const answer = await page.request.post(`/api/auth/${path}`, { headers: { origin: product.origin } });
    expect(answer.status()).toBe(404);
  }
});

test('after signing out, a kept copy of the cookie opens nothing', async ({ page, context }) => {
  await page.goto('/gateways');
  const kept = await context.cookies();
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  expect((await context.cookies()).find(({ name }) => name === 'latchkey.session')).toBeUndefined();
  await context.addCookies(kept);
  await page.goto('/gateways');
  await expect(page).toHaveURL('/sign-in');
});

test('a disabled user is out at the next request', async ({ page, tenant, data }) => {
  await page.goto('/gateways');
  await expect(page.getByRole('heading', { name: 'AI Gateway' })).toBeVisible();
  await data.db.user.update({ where: { id: tenant.userId }, data: { disabledAt: new Date() } });
  await page.reload();
  await expect(page).toHaveURL('/sign-in');
});

test('a session that ends while a name is typed loses nothing', async ({ page, tenant, data, product, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.createButton.click();
  await tab.nameField.fill('token-user02');
  await data.db.user.update({ where: { id: tenant.userId }, data: { sessionVersion: { increment: 1 } } });
  await tab.createDialog.getByRole('button', { name: 'Create' }).click();
  await expect(tab.createDialog.getByRole('alert')).toContainText('Your session has ended.');
  await expect(tab.nameField).toHaveValue('token-user02');
  expect(await data.db.authenticationToken.count({ where: { accountId: tenant.accountId } })).toBe(0);

  const [tab2] = await Promise.all([
    context.waitForEvent('page'),
    tab.createDialog.getByRole('link', { name: 'Sign in again' }).click(),
  ]);
  await tab2.getByLabel('E-mail').fill(tenant.email);
  await tab2.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await tab2.getByRole('button', { name: 'Sign in' }).click();
  await expect(tab2).toHaveURL(`${product.origin}/gateways`);
  await tab2.close();
  await tab.createDialog.getByRole('button', { name: 'Create' }).click();
  await expect(tab.createdDialog).toContainText('token-user02');
});

test('a session that ends before a deletion is confirmed deletes nothing, and says so', async ({
  page,
  tenant,
  data,
  product,
}) => {
  await addTokens(data, tenant, ['token-user01']);
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.row('token-user01').getByRole('button', { name: 'Delete token-user01' }).click();
  await data.db.user.update({ where: { id: tenant.userId }, data: { sessionVersion: { increment: 1 } } });
  await tab.deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(tab.deleteDialog.getByRole('alert')).toContainText('Your session has ended.');
  expect(await data.db.authenticationToken.count({ where: { accountId: tenant.accountId } })).toBe(1);
  await signIn(page, product.origin, tenant.email);
  await tab.deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Token token-user01 was deleted.')).toBeVisible();
});
