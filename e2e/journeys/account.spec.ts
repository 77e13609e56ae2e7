import { expect } from '@playwright/test';
import { signIn, test } from './support/test.ts';

test('ending all other sessions keeps this one, and the audit log shows who signed in from where', async ({
  page,
  browser,
  tenant,
  product,
}) => {
  const elsewhere = await (await browser.newContext({ userAgent: 'Elsewhere/1.0' })).newPage();
  await signIn(elsewhere, product.origin, tenant.email);
  await page.goto('/gateways');
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'My account' }).click();
  await expect(page).toHaveURL('/account');
  await page.getByRole('button', { name: 'End all other sessions' }).click();
  await expect(page.getByText('All other sessions have ended. You are still signed in here.')).toBeVisible();

  await elsewhere.goto(`${product.origin}/gateways`);
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await page.getByRole('link', { name: 'Sign-ins in the audit log' }).click();
  const rows = page.getByRole('row');
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText('All other sessions ended');
  const signedIn = rows.filter({ hasText: 'Elsewhere/1.0' });
  await expect(signedIn).toContainText('Signed in');
  await expect(signedIn).toContainText('127.0.0.1');
  await elsewhere.context().close();
});

test('a session that has ended ends no other, and says so', async ({ page, data, tenant }) => {
  await page.goto('/account');
  await data.db.user.update({ where: { id: tenant.userId }, data: { sessionVersion: { increment: 1 } } });
  await page.getByRole('button', { name: 'End all other sessions' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Your session has ended.');
  const { sessionVersion } = await data.db.user.findUniqueOrThrow({ where: { id: tenant.userId } });
  expect(sessionVersion).toBe(2);
});
