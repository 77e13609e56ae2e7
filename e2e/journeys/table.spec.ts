import { expect } from '@playwright/test';
import { addTokens, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

const NAMES = Array.from({ length: 23 }, (_, index) => `token-user${String(index + 1).padStart(2, '0')}`);

test.beforeEach(async ({ tenant, data, page }) => {
  await addTokens(data, tenant, NAMES);
  await tokensTab(page).open(tenant);
});

test('page, size and order are in the address, and an address opens the same view', async ({ page, tenant }) => {
  const tab = tokensTab(page);
  expect(await tab.names()).toEqual(NAMES.toReversed().slice(0, 10));
  await page.getByRole('button', { name: 'Page 3' }).click();
  await expect(page).toHaveURL(/\?page=3$/);
  await expect.poll(tab.names).toEqual(['token-user03', 'token-user02', 'token-user01']);
  await expect(page.getByRole('button', { name: 'Next page' })).toBeDisabled();

  await page.getByRole('button', { name: 'Token name' }).click();
  await expect(page).toHaveURL(/\?sort=name&order=asc$/);
  await expect(page.getByRole('columnheader', { name: 'Token name' })).toHaveAttribute('aria-sort', 'ascending');
  await page.getByRole('button', { name: 'Token name' }).click();
  await expect(page.getByRole('columnheader', { name: 'Token name' })).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('combobox', { name: 'Rows per page' }).selectOption('20');
  await expect.poll(tab.names).toEqual(NAMES.toReversed().slice(0, 20));
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect.poll(tab.names).toEqual(['token-user03', 'token-user02', 'token-user01']);

  const address = page.url();
  await page.goto('/gateways');
  await page.goto(address);
  expect(await tab.names()).toEqual(['token-user03', 'token-user02', 'token-user01']);
  await tab.open(tenant, '?page=x&size=7&sort=hash&order=up&q=%00');
  expect(await tab.names()).toEqual(NAMES.toReversed().slice(0, 10));
});

test('going back and forward goes through the views, each with its address', async ({ page }) => {
  const tab = tokensTab(page);
  const firstOf = { 1: 'token-user23', 2: 'token-user13', 3: 'token-user03' };
  const expectView = async (number: 1 | 2 | 3) => {
    await expect.poll(async () => (await tab.names())[0]).toBe(firstOf[number]);
    expect(new URL(page.url()).searchParams.get('page') ?? '1').toBe(String(number));
  };
  await page.getByRole('button', { name: 'Page 2' }).click();
  await expectView(2);
  await page.getByRole('button', { name: 'Page 3' }).click();
  await expectView(3);
  await page.goBack();
  await expectView(2);
  await page.goBack();
  await expectView(1);
  await page.goForward();
  await expectView(2);
  await page.goForward();
  await expectView(3);
  await page.reload();
  await expectView(3);
});

test('every column is sorted both ways', async ({ page, tenant, data }) => {
  const [first] = NAMES;
  await data.db.authenticationToken.updateMany({
    where: { gatewayId: tenant.gateway.id, name: first },
    data: { status: 'DISABLED' },
  });
  for (const [column, ascending] of [
    ['Status', 'token-user02'],
    ['Created at', 'token-user01'],
  ] as const) {
    const header = page.getByRole('columnheader', { name: column });
    await header.getByRole('button').click();
    await expect(header).toHaveAttribute('aria-sort', 'ascending');
    await expect.poll(async () => (await tab(page).names())[0]).toBe(ascending);
    await header.getByRole('button').click();
    await expect(header).toHaveAttribute('aria-sort', 'descending');
    await expect.poll(async () => (await tab(page).names())[0]).not.toBe(ascending);
  }
});

const tab = tokensTab;

test('deleting all rows of the last page leads to the page before it', async ({ page, tenant }) => {
  await tab(page).open(tenant, '?page=3');
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
  await tab(page).deleteButton.click();
  await tab(page).deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('3 tokens were deleted.')).toBeVisible();
  await expect.poll(tab(page).names).toEqual(NAMES.slice(3, 13).toReversed());
  await expect(page).toHaveURL(/\?page=2$/);
  await expect(page.getByRole('button', { name: 'Page 2' })).toHaveAttribute('aria-current', 'page');
});

test('what is ticked stays ticked through refresh and other pages, and is all named before it goes', async ({
  page,
}) => {
  await expect(tab(page).deleteButton).toBeDisabled();
  const all = page.getByRole('checkbox', { name: 'Select all on this page' });
  await tab(page).tick('token-user23');
  await expect(all).toHaveAttribute('aria-checked', 'mixed');
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByRole('button', { name: 'Page 2' }).click();
  await tab(page).tick('token-user13');
  await expect(page.getByText('2 selected')).toBeVisible();
  await tab(page).deleteButton.click();
  await expect(tab(page).deleteDialog.getByRole('listitem')).toHaveText(['token-user23', 'token-user13']);
  await tab(page).deleteDialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Page 1' }).click();
  await expect(page.getByRole('checkbox', { name: 'Select token-user23' })).toBeChecked();
  await all.click();
  await expect(page.getByText('11 selected')).toBeVisible();
  await page.getByRole('button', { name: 'Clear selection' }).click();
  await expect(tab(page).deleteButton).toBeDisabled();
});

test('a long choice is counted and cut', async ({ page, tenant }) => {
  await tab(page).open(tenant, '?size=50');
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
  await tab(page).deleteButton.click();
  await expect(tab(page).deleteDialog).toContainText('Delete 23 authentication tokens?');
  await expect(tab(page).deleteDialog.getByRole('listitem')).toHaveCount(21);
  await expect(tab(page).deleteDialog).toContainText('and 3 more');
});

test('a token that somebody else has deleted is dropped from the choice, and nothing is deleted', async ({
  page,
  tenant,
  data,
}) => {
  await tab(page).tick('token-user23');
  await tab(page).tick('token-user22');
  await data.db.authenticationToken.deleteMany({ where: { gatewayId: tenant.gateway.id, name: 'token-user23' } });
  await tab(page).deleteButton.click();
  await tab(page).deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(tab(page).deleteDialog.getByRole('alert')).toContainText('so none was deleted');
  await expect(tab(page).deleteDialog.getByRole('listitem')).toHaveText(['token-user22']);
  await tab(page).deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Token token-user22 was deleted.')).toBeVisible();
  await expect.poll(tab(page).names).toEqual(NAMES.toReversed().slice(2, 12));
});

test('the gateway list is sorted and searched in the address, too', async ({ page, tenant, data }) => {
  for (const name of ['Alpha', 'beta_one', 'beta-two']) await data.addGateway(tenant.accountId, name);
  const links = page.getByRole('table').getByRole('link');
  await page.goto('/gateways');
  await expect(links).toHaveText(['Alpha', 'beta-two', 'beta_one', 'demo-gateway']);
  await page.getByRole('button', { name: 'Name' }).click();
  await expect(page).toHaveURL(/sort=name&order=desc/);
  await expect(links).toHaveText(['demo-gateway', 'beta_one', 'beta-two', 'Alpha']);
  await page.getByRole('textbox', { name: 'Search AI gateways by name' }).fill('_');
  await page.keyboard.press('Enter');
  await expect(links).toHaveText(['beta_one']);
});
