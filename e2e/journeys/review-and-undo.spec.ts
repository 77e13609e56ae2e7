import { expect, type Page } from '@playwright/test';
import { expectRefused, openClient } from './support/client-app.ts';
import { UPSTREAM_ANSWER } from './support/product.ts';
import { addToken, addTokens, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
const NAMES = Array.from({ length: 12 }, (_, index) => `old-${String(index + 1).padStart(2, '0')}`);

const undoToast = (page: Page) => page.locator('[data-sonner-toast]').getByRole('button', { name: 'Undo' });
const recentlyDeleted = (page: Page) => page.getByRole('region', { name: 'Recently deleted' });

test('unused tokens are reviewed: ticked on all pages, one kept, deleted at once, and undone', async ({
  page,
  tenant,
  data,
  product,
}) => {
  const old = await addTokens(data, tenant, NAMES);
  const fresh = await addToken(data, tenant, 'fresh');
  await data.db.authenticationToken.updateMany({
    where: { gatewayId: tenant.gateway.id, name: { in: NAMES } },
    data: { createdAt: daysAgo(200), lastUsedAt: daysAgo(100), lastUsedFrom: '203.0.113.0/24' },
  });
  const tab = tokensTab(page);
  await tab.open(tenant);
  await expect(page.getByText('12 tokens were not used for 90 days.')).toBeVisible();
  await page.getByRole('link', { name: 'Review' }).click();
  await expect(page).toHaveURL(/unused=90/);
  await expect(page.getByText('All 12 that match are selected.')).toBeVisible();
  await page.getByRole('button', { name: 'Page 2' }).click();
  await expect.poll(tab.names).toHaveLength(2);
  const [kept] = await tab.names();
  await tab.tick(kept ?? '');
  await expect(page.getByText('11 selected')).toBeVisible();
  await tab.deleteButton.click();
  await expect(tab.deleteDialog).toContainText('Delete 11 authentication tokens?');
  await expect(tab.deleteDialog).toContainText('Not used in the last hour.');
  await tab.deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('11 tokens were deleted.')).toBeVisible();
  await expect(page.getByText(/Refused by \d+ of \d+ prox/)).toBeVisible();
  await expect.poll(tab.names).toEqual([kept]);
  const clients = old.map(({ name, token }) => ({ name, client: openClient(product.origin, tenant, token) }));
  for (const { name, client } of clients) {
    if (name === kept) expect(await client.ask()).toBe(UPSTREAM_ANSWER);
    else await expectRefused(client);
  }
  expect(await openClient(product.origin, tenant, fresh.token).ask()).toBe(UPSTREAM_ANSWER);

  await undoToast(page).click();
  await expect(page.getByText('11 tokens were restored.')).toBeVisible();
  for (const { client } of clients) expect(await client.ask()).toBe(UPSTREAM_ANSWER);
});

test('a notification is closed by its button, long before it would go by itself', async ({ page, tenant, data }) => {
  await addTokens(data, tenant, ['first', 'second']);
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.tick('first');
  await tab.deleteButton.click();
  await tab.deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(undoToast(page)).toBeVisible();
  const close = page.getByRole('button', { name: 'Close the notification' });
  await close.focus();
  await close.press('Enter');
  await expect(undoToast(page)).toBeHidden();
  await expect(recentlyDeleted(page)).toBeVisible();
});

test('the question says which were used in the last hour', async ({ page, tenant, data }) => {
  await addTokens(data, tenant, ['busy', 'idle']);
  await data.db.authenticationToken.updateMany({
    where: { gatewayId: tenant.gateway.id, name: 'busy' },
    data: { lastUsedAt: new Date(Date.now() - 60_000) },
  });
  const tab = tokensTab(page);
  await tab.open(tenant);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
  await tab.deleteButton.click();
  await expect(tab.deleteDialog.getByRole('status')).toContainText('1 was used in the last hour: busy.');
});

test('undo survives a reload, says which name is taken, and when it is too late', async ({
  page,
  tenant,
  data,
  product,
}) => {
  const [first, second] = await addTokens(data, tenant, ['token-user01', 'token-user02']);
  const tab = tokensTab(page);
  await tab.open(tenant);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
  await tab.deleteButton.click();
  await tab.deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('2 tokens were deleted.')).toBeVisible();
  await addTokens(data, tenant, ['TOKEN-user02']);
  await page.reload();
  await recentlyDeleted(page).getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByText('1 token was restored.')).toBeVisible();
  await expect(page.getByText(/1 stays deleted, because another token has its name now: token-user02/)).toBeVisible();
  expect(await openClient(product.origin, tenant, first?.token ?? '').ask()).toBe(UPSTREAM_ANSWER);
  await expectRefused(openClient(product.origin, tenant, second?.token ?? ''));

  await expect(recentlyDeleted(page)).toContainText('token-user02');
  await data.db.deletedToken.updateMany({ where: { gatewayId: tenant.gateway.id }, data: { deletedAt: daysAgo(1) } });
  await recentlyDeleted(page).getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByText('Too late:')).toBeVisible();
});

test('columns are chosen, and are there from the first paint of the next page', async ({ page, tenant, data }) => {
  await addTokens(data, tenant, ['token-user01']);
  const tab = tokensTab(page);
  await tab.open(tenant);
  await expect(page.getByRole('columnheader', { name: 'Last used' })).toBeVisible();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Last used' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Created by' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Last used' })).toHaveCount(0);
  const html = await (await page.request.get(page.url())).text();
  const [head = ''] = /<thead.*?<\/thead>/s.exec(html) ?? [];
  expect(head).toContain('Created by');
  expect(head).not.toContain('Last used');
});

test('status and use narrow the list, in the address', async ({ page, tenant, data }) => {
  await addTokens(data, tenant, ['token-user01', 'token-user02']);
  await data.db.authenticationToken.updateMany({
    where: { gatewayId: tenant.gateway.id, name: 'token-user01' },
    data: { status: 'DISABLED', lastUsedAt: new Date() },
  });
  const tab = tokensTab(page);
  await tab.open(tenant);
  await page.getByRole('combobox', { name: 'Status' }).selectOption('DISABLED');
  await expect.poll(tab.names).toEqual(['token-user01']);
  await expect(page).toHaveURL(/status=DISABLED/);
  await page.getByRole('combobox', { name: 'Status' }).selectOption('All');
  await page.getByRole('combobox', { name: 'Use' }).selectOption('Never used');
  await expect.poll(tab.names).toEqual(['token-user02']);
});
