import { expect } from '@playwright/test';
import { PASSWORD, signedOutTest as test } from './support/test.ts';

test('signing in leads to the page that was asked for', async ({ page, tenant }) => {
  const wanted = `/gateways/${tenant.gateway.id}/tokens?size=20`;
  await page.goto(wanted);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel('E-mail').fill(tenant.email.toUpperCase());
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(wanted);
  await expect(page.getByRole('heading', { name: 'demo-gateway' })).toBeVisible();
});

test('signing in never leads to another site', async ({ page, tenant, product }) => {
  await page.goto('/sign-in?next=//evil.example/');
  await page.getByLabel('E-mail').fill(tenant.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${product.origin}/gateways`);
});

test('a wrong password and an unknown user get the same words, and what was typed stays', async ({ page, tenant }) => {
  await page.goto('/sign-in');
  for (const email of [tenant.email, 'nobody@example.com']) {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('wrong horse');
    const answer = page.waitForResponse('**/api/auth/callback/credentials');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect((await answer).status()).toBe(401);
    await expect(page.getByRole('main').getByRole('alert')).toHaveText('E-mail or password is wrong.');
    await expect(page.getByLabel('E-mail')).toHaveValue(email);
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('wrong horse');
    await expect(page).toHaveURL('/sign-in');
  }
});

test('an empty form says at each field what is missing, and asks no server', async ({ page }) => {
  await page.goto('/sign-in');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription(/Enter an e-mail address/);
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(/Enter your password/);
  expect(asked.filter((url) => url.includes('/api/auth'))).toEqual([]);
});

test('the password can be looked at', async ({ page }) => {
  await page.goto('/sign-in');
  const field = page.getByLabel('Password', { exact: true });
  await field.fill('secret');
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(field).toHaveAttribute('type', 'text');
  await page.getByRole('button', { name: 'Hide password' }).click();
  await expect(field).toHaveAttribute('type', 'password');
});

test('the session cookie is out of reach of scripts and of other sites', async ({ page, tenant, context }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(tenant.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/gateways');
  const cookie = (await context.cookies()).find(({ name }) => name === 'latchkey.session');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', domain: 'localhost' });
});

test('after ten wrong passwords even the right one waits, and the form says for how long', async ({
  page,
  tenant,
  data,
}) => {
  await page.goto('/sign-in');
  const submit = async (password: string) => {
    await page.getByLabel('E-mail').fill(tenant.email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    const answer = page.waitForResponse('**/api/auth/callback/credentials');
    await page.getByRole('button', { name: 'Sign in' }).click();
    return answer;
  };
  for (let i = 0; i < 10; i++) expect((await submit('wrong horse')).status()).toBe(401);
  const locked = await submit(PASSWORD);
  expect(locked.status()).toBe(429);
  expect(Number(locked.headers()['retry-after'])).toBeGreaterThan(800);
  const notice = page.getByRole('main').getByRole('alert');
  await expect(notice).toHaveText('Too many wrong passwords. Try again in 15 minutes.');
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue(PASSWORD);
  await data.db.signInAttempts.updateMany({ data: { expire: new Date(Date.now() - 1) } });
  expect((await submit(PASSWORD)).status()).toBe(200);
  await expect(page).toHaveURL('/gateways');
});
