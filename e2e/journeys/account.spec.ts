import { expect } from '@playwright/test';
import { PASSWORD, signIn, test } from './support/test.ts';

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

test('a new password asks for the current one, ends all other sessions, and is the one that signs in', async ({
  page,
  browser,
  tenant,
  product,
}) => {
  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(elsewhere, product.origin, tenant.email);
  await page.goto('/account');
  const section = page.getByRole('region', { name: 'Password' });
  const [current, next] = [section.getByLabel('Current password'), section.getByLabel('New password')];
  const submit = section.getByRole('button', { name: 'Change password' });

  await submit.click();
  await expect(next).toHaveAccessibleDescription(/A password has 12 to 200 characters/);
  for (const [currentText, nextText, problem] of [
    ['wrong horse', 'seven blue tomatoes', 'Enter the password that you signed in with.'],
    [PASSWORD, 'qwerty123456', 'This password is one of those that are guessed first.'],
    [PASSWORD, 'Latchkey-2026', 'This password is mostly your e-mail address'],
    [PASSWORD, PASSWORD, 'The new password is the same as the current one.'],
  ] as const) {
    await current.fill(currentText);
    await next.fill(nextText);
    await submit.click();
    await expect(section.getByRole('alert')).toContainText(problem);
    await expect(next).toHaveValue(nextText);
  }
  await current.fill(PASSWORD);
  await next.fill('seven blue tomatoes');
  await submit.click();
  await expect(page.getByText('Your password has been changed, and all other sessions have ended.')).toBeVisible();
  await expect(current).toHaveValue('');
  await expect(next).toHaveValue('');
  await page.reload();
  await expect(section).toBeVisible();

  await elsewhere.goto(`${product.origin}/sign-in`);
  await elsewhere.getByLabel('E-mail').fill(tenant.email);
  await elsewhere.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await elsewhere.getByRole('button', { name: 'Sign in' }).click();
  await expect(elsewhere.getByRole('main').getByRole('alert')).toHaveText('E-mail or password is wrong.');
  await elsewhere.getByLabel('Password', { exact: true }).fill('seven blue tomatoes');
  await elsewhere.getByRole('button', { name: 'Sign in' }).click();
  await expect(elsewhere).toHaveURL(`${product.origin}/gateways`);
  await elsewhere.context().close();

  await page.goto('/audit');
  const rows = page.getByRole('row');
  await expect(rows.filter({ hasText: 'Password changed' })).toContainText(tenant.email);
  await expect(rows.filter({ hasText: 'Password change failed' })).toHaveCount(1);
});
