import { expect, type Page } from '@playwright/test';
import { addTokens, test } from './support/test.ts';
import { tokensTab, untilKeysWork } from './support/tokens-tab.ts';

const NAMES = Array.from({ length: 12 }, (_, index) => `token-user${String(index + 1).padStart(2, '0')}`);

test.beforeEach(async ({ tenant, data, page }) => {
  await addTokens(data, tenant, NAMES);
  await tokensTab(page).open(tenant, '?sort=name&order=asc&size=20');
  await untilKeysWork(page);
});

const searchField = (page: Page) => page.getByRole('textbox', { name: 'Search tokens by name' });
const ticked = (page: Page) => page.locator('tbody tr[data-selected] bdi');

test('a search keeps the focus, says how many it found, and is taken back with Escape', async ({ page }) => {
  const tab = tokensTab(page);
  await searchField(page).fill('user1');
  await page.keyboard.press('Enter');
  await expect.poll(tab.names).toEqual(NAMES.slice(9));
  await expect(page.getByRole('status').filter({ hasText: '3 rows found for “user1”.' })).toBeAttached();
  await expect(searchField(page)).toBeFocused();
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Nothing found for “user19”.' })).toBeAttached();
  await page.keyboard.press('Escape');
  await expect.poll(tab.names).toEqual(NAMES);
  await expect(page.getByRole('status').filter({ hasText: '12 rows found.' })).toBeAttached();
  await expect(searchField(page)).toBeFocused();
  await expect(searchField(page)).toHaveValue('');

  await page.goBack();
  await expect(searchField(page)).toHaveValue('user19');
  await page.getByRole('cell').getByRole('button', { name: 'Clear search' }).click();
  await expect(searchField(page)).toBeFocused();
  await expect.poll(tab.names).toEqual(NAMES);
});

test('Shift ticks and unticks all from the last row to this one, by mouse and by key', async ({ page }) => {
  const box = (name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true });
  await box('token-user02').click();
  await box('token-user05').click({ modifiers: ['Shift'] });
  await expect(ticked(page)).toHaveText(NAMES.slice(1, 5));
  await box('token-user04').click({ modifiers: ['Shift'] });
  await expect(ticked(page)).toHaveText(NAMES.slice(1, 3));
  await box('token-user09').focus();
  await page.keyboard.press('Space');
  await box('token-user07').focus();
  await page.keyboard.press('Shift+Space');
  await expect(ticked(page)).toHaveText([...NAMES.slice(1, 3), ...NAMES.slice(6, 9)]);
});

test('rows are reached, ticked and deleted by keys', async ({ page }) => {
  const tab = tokensTab(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(tab.row('token-user02')).toBeFocused();
  expect(await tab.row('token-user02').evaluate((row) => getComputedStyle(row).outlineStyle)).toBe('solid');
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+X');
  await expect(ticked(page)).toHaveText(NAMES.slice(1, 4));
  await page.keyboard.press('k');
  await page.keyboard.press('Delete');
  await expect(tab.deleteDialog.getByRole('listitem')).toHaveText(NAMES.slice(1, 4));
  // Keys of the page do nothing below a dialog.
  await page.keyboard.press('x');
  await page.keyboard.press('Escape');
  await expect(tab.row('token-user03')).toBeFocused();
  await expect(ticked(page)).toHaveText(NAMES.slice(1, 4));

  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('k');
  await expect(tab.row('token-user01')).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(tab.deleteDialog.getByRole('listitem')).toHaveText(['token-user01']);
  await page.keyboard.press('Escape');
  await expect(tab.deleteDialog).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(ticked(page)).toHaveCount(0);
});

test('the sheet lists the keys, and letters can be turned off', async ({ page }) => {
  const tab = tokensTab(page);
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.keyboard.press('?');
  await expect(sheet).toContainText('Create authentication token');
  await page.keyboard.press('Escape');
  // Until it has gone, keys are the dialog's.
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press('/');
  await expect(searchField(page)).toBeFocused();
  await page.keyboard.type('j?cx/');
  await expect(searchField(page)).toHaveValue('j?cx/');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('heading', { name: 'Detail information' }).click();
  await page.keyboard.press('c');
  await expect(tab.nameField).toBeFocused();
  await expect(tab.nameField).toHaveValue('');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await sheet.getByRole('switch', { name: 'Single keys' }).click();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await page.reload();
  for (const key of ['?', 'c', 'j', '/']) await page.keyboard.press(key);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('tr:focus, input:focus')).toHaveCount(0);
});

test('deleting leaves the view where it is, and no row is covered by the news of it', async ({
  page,
  data,
  tenant,
}) => {
  await addTokens(
    data,
    tenant,
    Array.from({ length: 40 }, (_, index) => `a-token-${index}`),
  );
  await page.setViewportSize({ width: 1440, height: 600 });
  const tab = tokensTab(page);
  await tab.open(tenant, '?sort=name&order=asc&size=100');
  const row = tab.row('a-token-30');
  await row.getByRole('button', { name: 'Delete a-token-30' }).click();
  const before = await page.evaluate(() => window.scrollY);
  expect(before).toBeGreaterThan(300);
  await tab.deleteDialog.getByRole('button', { name: 'Delete' }).click();
  const toast = page.locator('[data-sonner-toast]').filter({ hasText: 'Token a-token-30 was deleted.' });
  await expect(toast).toBeVisible();
  await expect(row).toHaveCount(0);
  expect(await page.evaluate(() => window.scrollY)).toBe(before);

  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  const [news, last] = [await toast.boundingBox(), await tab.row('token-user12').boundingBox()];
  if (!news || !last) throw new Error('both are shown');
  expect(news.y + news.height).toBeLessThanOrEqual(last.y);
});
