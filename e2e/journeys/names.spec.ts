import { expect } from '@playwright/test';
import { addTokens, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const INVISIBLE = 'A token name cannot contain invisible or control characters.';

test('a name that cannot be is refused at its field, and stays there', async ({ page, tenant, data }) => {
  await addTokens(data, tenant, ['token-user01']);
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.createButton.click();
  const cases: [string, string][] = [
    ['', 'Enter a token name.'],
    ['   ', 'Enter a token name.'],
    ['a'.repeat(65), 'A token name has at most 64 characters.'],
    ['a'.repeat(1_000_000), 'A token name has at most 64 characters.'],
    ['token\u0007bell', INVISIBLE],
    ['token\u202eresu', INVISIBLE],
    ['token\u200b', INVISIBLE],
    ['TOKEN-user01', 'This gateway already has a token with this name.'],
  ];
  for (const [name, words] of cases) {
    await tab.nameField.fill(name);
    await tab.createDialog.getByRole('button', { name: 'Create' }).click();
    await expect(tab.createDialog.getByRole('alert')).toHaveText(words);
    await expect(tab.nameField).toHaveAccessibleDescription(new RegExp(words));
    await expect(tab.nameField).toHaveAttribute('aria-invalid', 'true');
    expect(await tab.nameField.inputValue()).toBe(name);
  }
  expect(await data.db.authenticationToken.count({ where: { accountId: tenant.accountId } })).toBe(1);
});

test('a name that looks like another is shown beside it, and made when it is meant', async ({ page, tenant, data }) => {
  await addTokens(data, tenant, ['dev-team']);
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.createButton.click();
  await tab.nameField.fill('dеv‑team');
  await page.keyboard.press('Enter');
  const alert = tab.createDialog.getByRole('alert');
  await expect(alert).toContainText('dеv‑team looks like the existing token dev-team.');
  await expect(alert).toContainText('It has е (U+0435) for e (U+0065).');
  await expect(alert).toContainText('It has ‑ (U+2011) for - (U+002D).');
  expect(await data.db.authenticationToken.count({ where: { gatewayId: tenant.gateway.id } })).toBe(1);
  await expect(alert).toBeInViewport({ ratio: 1 });
  // Another text is another question.
  await tab.nameField.fill('dеv-team');
  await expect(alert).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(tab.createDialog.getByRole('button', { name: 'Create anyway' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(tab.createdDialog).toContainText('dеv-team');
});

test('names are shown as the text that they are, in popups, list and search', async ({ page, tenant, data }) => {
  const names = [
    '<script>document.title="run"</script>',
    '"><img src=x onerror=document.title="run">',
    'token-người-dùng',
    '👩‍🚀 crew 👨‍👩‍👧',
    '{count, plural}',
  ];
  const tab = tokensTab(page);
  await tab.open(tenant);
  for (const name of names) await tab.create(name);
  expect(await tab.names()).toEqual(names.toReversed());
  const stored = await data.db.authenticationToken.findMany({ where: { gatewayId: tenant.gateway.id } });
  expect(stored.map(({ name }) => name).sort()).toEqual(names.toSorted());
  for (const name of names) {
    await page.getByRole('textbox', { name: 'Search tokens by name' }).fill(name);
    await page.keyboard.press('Enter');
    await expect(page.getByText('of 1', { exact: false }).first()).toBeVisible();
    await expect.poll(tab.names).toEqual([name]);
  }
  await tab.open(tenant);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
  await tab.deleteButton.click();
  await expect(tab.deleteDialog.getByRole('listitem')).toHaveText(names.toReversed());
  expect(await page.title()).toBe('Authentication token · demo-gateway · Latchkey');
});

test('% and _ are found as characters, and a search that finds nothing can be taken back', async ({
  page,
  tenant,
  data,
}) => {
  await addTokens(data, tenant, ['a_b', 'axb', '100%']);
  const tab = tokensTab(page);
  await tab.open(tenant);
  const search = page.getByRole('textbox', { name: 'Search tokens by name' });
  for (const [text, found] of [
    ['_', 'a_b'],
    ['%', '100%'],
  ] as const) {
    await search.fill(text);
    await page.keyboard.press('Enter');
    await expect.poll(tab.names).toEqual([found]);
    await expect(page).toHaveURL(new RegExp(`[?&]q=${encodeURIComponent(text)}(&|$)`));
  }
  await search.fill('nothing like it');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('cell').getByText('Nothing found for “nothing like it”.')).toBeVisible();
  await page.getByRole('cell').getByRole('button', { name: 'Clear search' }).click();
  await expect.poll(tab.names).toEqual(['100%', 'axb', 'a_b']);
});
