import { expect, type Page } from '@playwright/test';
import { addTokens, signIn, test } from './support/test.ts';
import { tokensTab, untilKeysWork } from './support/tokens-tab.ts';

const NAMES = Array.from({ length: 30 }, (_, index) => `token-user${String(index + 1).padStart(2, '0')}`);

test.beforeEach(async ({ tenant, data, page }) => {
  await addTokens(data, tenant, NAMES);
  await page.clock.install();
  await tokensTab(page).open(tenant, '?sort=name&order=asc&size=50');
  // Only then does it count the time.
  await untilKeysWork(page);
});

/** Lets as much time go by as lies between two refreshes. */
const letTimePass = (page: Page) => page.clock.fastForward(15_000);

test('what others change appears by itself; ticks, focus, typed text and scroll stay', async ({
  page,
  tenant,
  data,
}) => {
  const tab = tokensTab(page);
  await tab.tick('token-user20');
  await page.getByRole('textbox', { name: 'Search tokens by name' }).fill('half a wo');
  await tab.row('token-user25').focus();
  const before = await page.evaluate(() => window.scrollY);
  expect(before).toBeGreaterThan(100);
  await addTokens(data, tenant, ['token-user31']);
  await data.db.authenticationToken.deleteMany({ where: { gatewayId: tenant.gateway.id, name: 'token-user30' } });
  await letTimePass(page);
  await expect.poll(tab.names).toEqual([...NAMES.slice(0, 29), 'token-user31']);
  await expect(page.getByText('1 selected')).toBeVisible();
  await expect(tab.row('token-user25')).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'Search tokens by name' })).toHaveValue('half a wo');
  expect(await page.evaluate(() => window.scrollY)).toBe(before);
});

test('when the row with the focus goes, the keyboard goes on at the table', async ({ page, tenant, data }) => {
  const tab = tokensTab(page);
  await tab.row('token-user05').getByRole('checkbox').focus();
  await data.db.authenticationToken.deleteMany({ where: { gatewayId: tenant.gateway.id, name: 'token-user05' } });
  await letTimePass(page);
  await expect(tab.row('token-user05')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Refresh' })).toBeFocused();
});

test('nothing changes below an open dialog', async ({ page, tenant, data }) => {
  const tab = tokensTab(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await tab.createButton.click();
  await addTokens(data, tenant, ['token-user31']);
  await letTimePass(page);
  await letTimePass(page);
  expect(asked.filter((url) => url.endsWith('/api/session'))).toEqual([]);
  expect(await tab.names()).toEqual(NAMES);
  await page.keyboard.press('Escape');
  await letTimePass(page);
  await expect.poll(tab.names).toEqual([...NAMES, 'token-user31']);
});

test('without a connection the rows stay, a page is not left, and what was missed comes by itself', async ({
  page,
  tenant,
  data,
  context,
}) => {
  const tab = tokensTab(page);
  const notice = page.getByText('You are offline.');
  await tab.tick('token-user02');
  await context.setOffline(true);
  await expect(notice).toBeVisible();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByRole('button', { name: 'Token name' }).click();
  await expect(notice).toBeVisible();
  expect(await tab.names()).toEqual(NAMES);
  await addTokens(data, tenant, ['token-user31']);
  await context.setOffline(false);
  await expect.poll(tab.names).toEqual([...NAMES, 'token-user31']);
  await expect(notice).toHaveCount(0);
  await expect(page.getByText('1 selected')).toBeVisible();
});

test('a server that fails is said, and tried again', async ({ page }) => {
  await page.route('**/api/session', (route) => route.fulfill({ status: 503 }));
  await letTimePass(page);
  await expect(page.getByText('The server does not answer at the moment.')).toBeVisible();
  await page.unroute('**/api/session');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('The server does not answer at the moment.')).toHaveCount(0);
});

test('a session that ends leaves the page where it is; once signed in again, it goes on', async ({
  page,
  tenant,
  data,
  product,
}) => {
  const tab = tokensTab(page);
  const notice = page.getByText('Your session has ended.');
  await tab.tick('token-user02');
  await data.db.user.update({ where: { id: tenant.userId }, data: { sessionVersion: { increment: 1 } } });
  await letTimePass(page);
  await expect(notice).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sign in again' })).toHaveAttribute('href', '/sign-in');
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByRole('button', { name: 'Token name' }).click();
  expect(await tab.names()).toEqual(NAMES);
  await signIn(page, product.origin, tenant.email);
  await addTokens(data, tenant, ['token-user31']);
  await letTimePass(page);
  await expect.poll(tab.names).toContain('token-user31');
  await expect(notice).toHaveCount(0);
  await expect(page.getByText('1 selected')).toBeVisible();
});
