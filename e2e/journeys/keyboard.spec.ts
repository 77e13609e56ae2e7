import { expect, type Page } from '@playwright/test';
import { addTokens, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

/** Presses Tab until the control with this role and name has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, role: 'button' | 'checkbox' | 'link', name: string) {
  const target = page.getByRole(role, { name, exact: true });
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${role} "${name}"`);
}

test('a token is created, copied, deleted and brought back without a mouse', async ({
  page,
  tenant,
  data,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await addTokens(data, tenant, ['token-user01']);
  const tab = tokensTab(page);
  await tab.open(tenant);

  await tabTo(page, 'button', 'Create authentication token');
  await page.keyboard.press('Enter');
  await expect(tab.nameField).toBeFocused();
  await page.keyboard.type('token-user02');
  await page.keyboard.press('Enter');
  const copy = tab.createdDialog.getByRole('button', { name: 'Copy Token' });
  await expect(copy).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(tab.createdDialog.getByText('Copied to the clipboard.')).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(tab.createButton).toBeFocused();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^lk_[0-9A-Za-z]{49}$/);

  await tabTo(page, 'checkbox', 'Select token-user02');
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+Tab');
  await tabTo(page, 'button', 'Delete token-user01');
  await page.keyboard.press('Enter');
  await expect(tab.deleteDialog.getByRole('listitem')).toHaveText(['token-user01']);
  await expect(tab.deleteDialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(tab.row('token-user01').getByRole('button', { name: 'Delete token-user01' })).toBeFocused();

  await tab.deleteButton.focus();
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', 'Delete');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Token token-user02 was deleted.')).toBeVisible();
  await expect(tab.row('token-user02')).toHaveCount(0);
  // The focus is near the table still, not at the top of the page.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Refresh' })).toBeFocused();
  await tabTo(page, 'button', 'Undo token-user02');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 token was restored.')).toBeVisible();
  await expect(tab.row('token-user02')).toBeVisible();
});

test('the focus is always to be seen, and the content is one key away', async ({ page }) => {
  await page.goto('/gateways');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)).toBe(
    'solid',
  );
});
