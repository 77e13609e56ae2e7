import { expect, type Page } from '@playwright/test';
import { addTokens, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

/** From now on the server does what actions ask for, and its answers are lost. */
async function loseAnswers(page: Page): Promise<void> {
  await page.route('**/gateways/**', async (route, request) => {
    if (!request.headers()['next-action']) return route.fallback();
    await route.fetch();
    await route.abort();
  });
}

test('a deletion whose answer is lost is not said to have failed, and the page finds out', async ({
  page,
  tenant,
  data,
}) => {
  await addTokens(data, tenant, ['token-user01', 'token-user02']);
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.tick('token-user01');
  await tab.deleteButton.click();
  await expect(tab.deleteDialog.getByText('Not used in the last hour.')).toBeVisible();
  await loseAnswers(page);
  await tab.deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(tab.deleteDialog.getByRole('alert')).toContainText('It is not known whether this was done');
  await expect(tab.deleteDialog.getByRole('alert')).toContainText('This page now shows what is there');
  await expect.poll(tab.names).toEqual(['token-user02']);
});

test('one that the server cannot be asked about waits until it can', async ({ page, tenant, data, context }) => {
  await addTokens(data, tenant, ['token-user01']);
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.tick('token-user01');
  await tab.deleteButton.click();
  await expect(tab.deleteDialog.getByText('Not used in the last hour.')).toBeVisible();
  await context.setOffline(true);
  await tab.deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(tab.deleteDialog.getByRole('alert')).toContainText('as soon as the server answers');
  await context.setOffline(false);
  await expect(tab.deleteDialog.getByRole('alert')).toContainText('This page now shows what is there');
  await expect.poll(tab.names).toEqual(['token-user01']);
});

test('a change without a dialog says so in the corner', async ({ page, tenant, data }) => {
  await addTokens(data, tenant, ['token-user01']);
  const tab = tokensTab(page);
  await tab.open(tenant);
  await loseAnswers(page);
  await tab.row('token-user01').getByRole('button', { name: 'Actions for token-user01' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await expect(page.getByText('It is not known whether this was done')).toBeVisible();
  await expect(tab.row('token-user01')).toContainText('DISABLED');
});

test('signing out whose answer is lost ends at the sign-in page all the same', async ({ page, tenant }) => {
  await tokensTab(page).open(tenant);
  await loseAnswers(page);
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
});
