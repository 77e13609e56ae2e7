import { expect, type Page } from '@playwright/test';
import { expectRefused, openClient } from './support/client-app.ts';
import { UPSTREAM_ANSWER } from './support/product.ts';
import { addToken, addTokens, type Tenant, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

async function choose(page: Page, name: string, action: string) {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

/** Rotates a token in its popup; returns the new secret. */
async function rotate(page: Page, name: string, overlap: string): Promise<string> {
  await choose(page, name, 'Rotate');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: overlap }).check();
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  await expect(dialog).toContainText('The token has a new secret');
  const secret = (await dialog.locator('code').textContent()) ?? '';
  await dialog.getByRole('button', { name: /Copy/ }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
  return secret;
}

const openTab = async (page: Page, tenant: Tenant) => {
  const tab = tokensTab(page);
  await tab.open(tenant);
  return tab;
};

test('a rotated token: both secrets are accepted, until the old one is ended early', async ({
  page,
  product,
  tenant,
  data,
}) => {
  const token = await addToken(data, tenant, 'token-user01');
  const tab = await openTab(page, tenant);
  const secret = await rotate(page, 'token-user01', '7 more days');
  expect(secret).toMatch(/^lk_[0-9A-Za-z]{49}$/);
  expect(secret).not.toBe(token.token);
  const [old, current] = [token.token, secret].map((value) => openClient(product.origin, tenant, value));
  if (!old || !current) throw new Error('two clients were opened');
  expect(await old.ask()).toBe(UPSTREAM_ANSWER);
  expect(await current.ask()).toBe(UPSTREAM_ANSWER);
  await expect(tab.row('token-user01')).toContainText(`The old secret lk_${token.token.slice(3, 7)}`);

  await choose(page, 'token-user01', 'End the old secret');
  await page.getByRole('alertdialog').getByRole('button', { name: 'End the old secret' }).click();
  await expect(page.getByText('The old secret of token-user01 has ended.')).toBeVisible();
  await expectRefused(old);
  expect(await current.ask()).toBe(UPSTREAM_ANSWER);
  await expect(tab.row('token-user01')).not.toContainText('The old secret');
});

test('a token rotated without an overlap is refused by its old secret at once', async ({
  page,
  product,
  tenant,
  data,
}) => {
  const token = await addToken(data, tenant, 'token-user01');
  await openTab(page, tenant);
  const secret = await rotate(page, 'token-user01', 'no longer');
  await expectRefused(openClient(product.origin, tenant, token.token));
  expect(await openClient(product.origin, tenant, secret).ask()).toBe(UPSTREAM_ANSWER);
});

test('a new secret is not lost by a click beside it: closing it uncopied is asked about', async ({
  page,
  tenant,
  data,
}) => {
  await addTokens(data, tenant, ['token-user01']);
  await openTab(page, tenant);
  await choose(page, 'token-user01', 'Rotate');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  await expect(dialog).toContainText('The token has a new secret');
  await page.mouse.click(5, 5);
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Go back' }).click();
  await expect(dialog).toContainText('The token has a new secret');
});

test('a disabled token is refused until it is enabled', async ({ page, product, tenant, data }) => {
  const token = await addToken(data, tenant, 'token-user01');
  const client = openClient(product.origin, tenant, token.token);
  expect(await client.ask()).toBe(UPSTREAM_ANSWER);
  const tab = await openTab(page, tenant);
  await choose(page, 'token-user01', 'Disable');
  await expect(page.getByText('Token token-user01 was disabled.')).toBeVisible();
  await expectRefused(client);
  await expect(tab.row('token-user01')).toContainText('DISABLED');
  await choose(page, 'token-user01', 'Enable');
  await expect(page.getByText('Token token-user01 was enabled.')).toBeVisible();
  expect(await client.ask()).toBe(UPSTREAM_ANSWER);
  await expect(tab.row('token-user01')).toContainText('ACTIVE');
});

test('a token is refused from the second in which it expires, and works again with a later expiry', async ({
  page,
  product,
  tenant,
  data,
}) => {
  const token = await addToken(data, tenant, 'token-user01');
  const client = openClient(product.origin, tenant, token.token);
  const tab = await openTab(page, tenant);
  await choose(page, 'token-user01', 'Set expiry');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'on a date' }).check();
  await dialog.getByLabel('Last day').fill('2020-01-01');
  await dialog.getByRole('button', { name: 'Set expiry' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Choose a day that is not over.');
  await dialog.getByRole('radio', { name: 'in 7 days' }).check();
  await dialog.getByRole('button', { name: 'Set expiry' }).click();
  await expect(page.getByText('The expiry of token-user01 is set.')).toBeVisible();
  expect(await client.ask()).toBe(UPSTREAM_ANSWER);
  const { expiresAt } = await data.db.authenticationToken.findUniqueOrThrow({ where: { id: token.id } });
  expect(Math.abs((expiresAt?.getTime() ?? 0) - Date.now() - 7 * 86_400_000)).toBeLessThan(60_000);

  // The seven days pass.
  await data.db.authenticationToken.update({ where: { id: token.id }, data: { expiresAt: new Date() } });
  await data.settle();
  await expectRefused(client);
  await page.reload();
  await expect(tab.row('token-user01')).toContainText('EXPIRED');
  await choose(page, 'token-user01', 'Set expiry');
  await dialog.getByRole('radio', { name: 'never' }).check();
  await dialog.getByRole('button', { name: 'Set expiry' }).click();
  await expect(tab.row('token-user01')).toContainText('ACTIVE');
  expect(await client.ask()).toBe(UPSTREAM_ANSWER);
});

test('a refresh of the rows leaves an open menu open, and the focus where it is', async ({ page, tenant, data }) => {
  await addTokens(data, tenant, ['token-user01']);
  const tab = await openTab(page, tenant);
  const menuButton = page.getByRole('button', { name: 'Actions for token-user01' });
  await menuButton.focus();
  await addTokens(data, tenant, ['token-user02']);
  await page.keyboard.press('r');
  await expect(tab.row('token-user02')).toBeVisible();
  await expect(menuButton).toBeFocused();
});
