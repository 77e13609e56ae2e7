import { expect } from '@playwright/test';
import { addToken, addTokens, PASSWORD, signedOutTest, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

test('the language is switched on the spot and kept', async ({ page, tenant }) => {
  await tokensTab(page).open(tenant);
  await page.getByRole('button', { name: 'Language: English' }).click();
  await page.getByRole('menuitemradio', { name: 'Tiếng Việt' }).click();
  await expect(page.getByRole('button', { name: 'Tạo mã thông báo xác thực' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
  await page.goto('/gateways');
  await expect(page.getByRole('columnheader', { name: 'Trạng thái' })).toBeVisible();
});

test('errors come in the language of the reader', async ({ page, tenant, context, product }) => {
  await context.addCookies([{ name: 'latchkey.locale', value: 'vi', url: product.origin }]);
  await page.goto(`/gateways/${tenant.gateway.id}/tokens`);
  await page.getByRole('button', { name: 'Tạo mã thông báo xác thực' }).click();
  await page.getByRole('button', { name: 'Tạo', exact: true }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toHaveText('Hãy nhập tên mã thông báo.');
});

test.describe('a browser that asks for Vietnamese', () => {
  test.use({ locale: 'vi-VN' });
  signedOutTest('is answered in it', async ({ page }) => {
    await page.goto('/sign-in');
    await expect(page.getByRole('heading', { name: 'Đăng nhập' })).toBeVisible();
  });
});

test('the theme is switched on the spot, kept, and sent with the page', async ({ page }) => {
  await page.goto('/gateways');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Light' }).click();
  const light = await background();
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  expect(await background()).not.toBe(light);
  expect((await (await page.request.get('/gateways')).text()).includes('<html lang="en" data-theme="dark">')).toBe(
    true,
  );
});

test('the system theme follows the system', async ({ page }) => {
  await page.goto('/gateways');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).not.toBe(light);
});

signedOutTest('the first page after signing in has times in the zone of the reader', async ({ page, tenant, data }) => {
  const token = await addToken(data, tenant, 'token-user01');
  await data.db.authenticationToken.update({
    where: { id: token.id },
    data: { createdAt: new Date('2025-06-01T16:35:03Z') },
  });
  const path = `/gateways/${tenant.gateway.id}/tokens`;
  await page.goto(path);
  await page.getByLabel('E-mail').fill(tenant.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  const html = page.waitForResponse((response) => response.url().endsWith(path) && response.status() === 200);
  await page.getByRole('button', { name: 'Sign in' }).click();
  // In the page as it was sent: nothing is put right afterwards.
  expect((await (await html).text()).includes('01/06/2025 23:35:03')).toBe(true);
  await expect(page.getByText('01/06/2025 23:35:03')).toBeVisible();
});

test('a phone shows everything within its width', async ({ page, tenant, data }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await addTokens(data, tenant, ['W'.repeat(64), '👩‍🚀'.repeat(21), 'token-user01']);
  for (const path of [
    '/gateways',
    `/gateways/${tenant.gateway.id}/providers`,
    `/gateways/${tenant.gateway.id}/tokens`,
  ]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  }
  const tab = tokensTab(page);
  await tab.row('token-user01').getByRole('button', { name: 'Delete token-user01' }).click();
  await expect(tab.deleteDialog.getByRole('button', { name: 'Delete' })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Open menu' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'AI Gateway' }).click();
  await expect(page).toHaveURL('/gateways');
});

test('on the narrowest phone the last page of a long list is within reach', async ({ page, tenant, data }) => {
  await page.setViewportSize({ width: 320, height: 844 });
  for (let i = 0; i < 61; i++) await data.addGateway(tenant.accountId, `gateway-${i}`);
  await page.goto('/gateways');
  await expect(page.getByRole('button', { name: 'Page 7' })).toBeInViewport({ ratio: 1 });
  await page.getByRole('button', { name: 'Next page' }).click({ position: { x: 28, y: 16 } });
  await expect(page).toHaveURL(/page=2/);
});

test('who wants less motion gets none: dialogs, toasts and the table in waiting stand still', async ({
  page,
  tenant,
}) => {
  const longest = () =>
    page.evaluate(() => {
      const times = [...document.querySelectorAll('*')].flatMap((element) => {
        const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
        const durations = `${animationName === 'none' ? '' : animationDuration},${transitionDuration}`.split(',');
        return durations.map((text) => Number.parseFloat(text) || 0);
      });
      return Math.max(...times);
    });
  const tab = tokensTab(page);
  for (const [reducedMotion, most] of [
    ['no-preference', 10],
    ['reduce', 0.001],
  ] as const) {
    await page.emulateMedia({ reducedMotion });
    await tab.open(tenant);
    await tab.createButton.click();
    await expect(tab.createDialog).toBeVisible();
    expect(await longest()).toBeLessThanOrEqual(most);
    if (reducedMotion === 'no-preference') expect(await longest()).toBeGreaterThan(0.05);
  }
});
