import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a secret is in one answer, which nobody may store, and nowhere else', async ({ page, product, tenant }) => {
  const answers: { cacheControl: string; text: string }[] = [];
  const urls: string[] = [];
  // Every answer is read before the page gets it: what the browser still has afterwards depends on when it is asked.
  await page.route('**/*', async (route) => {
    urls.push(route.request().url());
    const response = await route.fetch({ maxRedirects: 0 });
    const body = await response.body();
    answers.push({ cacheControl: response.headers()['cache-control'] ?? '', text: body.toString() });
    await route.fulfill({ response, body });
  });

  const tab = tokensTab(page);
  await tab.open(tenant);
  const token = await tab.create('token-user02');
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.reload();
  await expect(tab.row('token-user02')).toBeVisible();
  await page.getByRole('link', { name: 'Provider & Model' }).click();
  await expect(page.getByText('deepseek-reasoner')).toBeVisible();
  await page.unrouteAll({ behavior: 'wait' });

  const part = token.slice(7, 15);
  const carriers = answers.filter(({ text }) => text.includes(part));
  expect(carriers).toHaveLength(1);
  expect(carriers[0]?.cacheControl).toContain('no-store');
  expect(urls.filter((url) => url.includes(part))).toEqual([]);
  expect(await page.content()).not.toContain(part);
  expect(await readFile(product.logFile, 'utf8')).not.toContain(part);
});

test('a click beside the popup does not close it, and Escape asks while the secret is uncopied', async ({
  page,
  tenant,
}) => {
  const tab = tokensTab(page);
  const question = page.getByRole('alertdialog', { name: 'Close without copying the token?' });
  await tab.open(tenant);
  await tab.createButton.click();
  await tab.nameField.fill('token-user02');
  await page.keyboard.press('Enter');
  await expect(tab.createdDialog).toContainText('it will not be shown again');
  const shown = await tab.createdDialog.locator('code').textContent();

  await page.mouse.click(5, 5);
  await expect(tab.createdDialog).toBeVisible();
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Go back' }).click();
  await expect(tab.createdDialog.locator('code')).toHaveText(shown ?? '');
  await tab.createdDialog.getByRole('button', { name: 'Close' }).click();
  await question.getByRole('button', { name: 'Close without copying' }).click();
  await expect(tab.createdDialog).toBeHidden();
  expect(await page.content()).not.toContain(shown?.slice(7, 15));
});

test('the Back button does not take an uncopied secret away: it asks, too', async ({ page, tenant }) => {
  const tab = tokensTab(page);
  await page.goto('/gateways');
  await page.getByRole('link', { name: tenant.gateway.name }).click();
  await page.getByRole('link', { name: 'Authentication token' }).click();
  await tab.createButton.click();
  await tab.nameField.fill('token-user02');
  await page.keyboard.press('Enter');
  await expect(tab.createdDialog).toContainText('it will not be shown again');
  await page.evaluate(() => history.back());
  const question = page.getByRole('alertdialog', { name: 'Close without copying the token?' });
  await question.getByRole('button', { name: 'Go back' }).click();
  await expect(tab.createdDialog.locator('code')).toHaveText(/^lk_/);
  await expect(page).toHaveURL(/tokens$/);
});

test('once the secret is copied, the popup closes without a question', async ({ page, tenant }) => {
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.createButton.click();
  await tab.nameField.fill('token-user02');
  await page.keyboard.press('Enter');
  await tab.createdDialog.getByRole('button', { name: 'Copy' }).click();
  await expect(tab.createdDialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tab.createdDialog).toBeHidden();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(tab.row('token-user02')).toBeVisible();
});

test('when the server cannot be reached, the popup says so and keeps the name', async ({ page, tenant, context }) => {
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.createButton.click();
  await tab.nameField.fill('token-user02');
  await context.setOffline(true);
  await tab.createDialog.getByRole('button', { name: 'Create' }).click();
  await expect(tab.createDialog.getByRole('alert')).toContainText('It is not known whether this was done');
  await expect(tab.nameField).toHaveValue('token-user02');
  await context.setOffline(false);
  await tab.createDialog.getByRole('button', { name: 'Create' }).click();
  await expect(tab.createdDialog).toContainText('token-user02');
});
