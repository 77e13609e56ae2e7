import { expect } from '@playwright/test';
import { addTokens, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

test('what was done is found by who, what and which, in the language of the reader', async ({
  page,
  tenant,
  data,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await addTokens(data, tenant, ['token-user01']);
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.create('token-người-dùng');
  await tab.row('token-user01').getByRole('button', { name: 'Delete token-user01' }).click();
  await tab.deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText(/Refused by 2 of 2 proxies in \d+ ms/)).toBeVisible();

  await page.getByRole('link', { name: 'Audit log' }).click();
  const rows = page.getByRole('row');
  // With the sign-in, and the header.
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText(tenant.email);
  await expect(rows.nth(1)).toContainText('Authentication token deleted');
  await expect(rows.nth(1)).toContainText('token-user01');
  await expect(rows.nth(1)).toContainText('demo-gateway');
  await expect(rows.nth(1)).toContainText(/\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d/);

  await page.getByLabel('Action', { exact: true }).selectOption('Authentication token created');
  await expect(page).toHaveURL(/action=token\.created/);
  await expect(rows).toHaveCount(2);
  await page.getByRole('searchbox').or(page.getByLabel('Search the audit log')).fill('token-user01');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Clear search' }).last().click();
  await expect(rows).toHaveCount(4);
  await page.getByRole('button', { name: 'Language: English' }).click();
  await page.getByRole('menuitemradio', { name: 'Tiếng Việt' }).click();
  await page.getByLabel('Tìm trong nhật ký').fill('tạo mã');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('token-người-dùng');
});

test("another account's acts are not there", async ({ page, stranger, data }) => {
  const { accountId } = stranger;
  const event = { accountId, actor: 'planted@example.com', action: 'token.created', subjectName: 'planted-token' };
  await data.db.auditEvent.create({ data: { ...event, subjectId: stranger.gateway.id } });
  for (const query of ['', '?q=planted', '?action=token.created', '?page=2&size=100']) {
    const text = await (await page.request.get(`/audit${query}`, { headers: { rsc: '1' } })).text();
    expect(text).not.toContain('planted-token');
    expect(text).not.toContain('planted@example.com');
  }
  await page.goto('/audit');
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('row').nth(1)).toContainText('Signed in');
});
