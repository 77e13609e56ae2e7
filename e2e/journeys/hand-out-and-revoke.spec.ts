import { expect } from '@playwright/test';
import { expectRefused, openClient } from './support/client-app.ts';
import { UPSTREAM_ANSWER } from './support/product.ts';
import { addToken, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a token calls the model until it is deleted, and nothing can be called with it afterwards', async ({
  page,
  product,
  tenant,
  data,
}) => {
  const older = await addToken(data, tenant, 'token-user01');
  const tab = tokensTab(page);
  await tab.open(tenant);
  const token = await tab.create('token-user02');
  expect(token).toMatch(/^lk_[0-9A-Za-z]{49}$/);
  await expect(tab.row('token-user02')).toContainText(/\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d/);
  await expect(tab.row('token-user02')).toContainText('ACTIVE');

  const clients = [token, older.token].map((secret) => openClient(product.origin, tenant, secret));
  for (const client of clients) {
    expect(await client.ask()).toBe(UPSTREAM_ANSWER);
    expect(await client.askStreaming()).toBe(UPSTREAM_ANSWER);
  }

  await tab.tick('token-user01');
  await tab.tick('token-user02');
  await tab.deleteButton.click();
  await expect(tab.deleteDialog).toContainText('Delete 2 authentication tokens?');
  await expect(tab.deleteDialog.getByRole('listitem')).toHaveText(['token-user01', 'token-user02']);
  await tab.deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('2 tokens were deleted.')).toBeVisible();
  await expect(page.getByText('No authentication token yet')).toBeVisible();
  for (const client of clients) await expectRefused(client);
});

test('a token of another gateway is refused as if it did not exist', async ({ data, product, tenant, stranger }) => {
  const sibling = await data.addGateway(tenant.accountId, 'sibling');
  const ofSibling = await data.addToken({ accountId: tenant.accountId, gatewayId: sibling.id });
  const ofStranger = await addToken(data, stranger, 'token-user01');
  for (const { token } of [ofSibling, ofStranger ?? ofSibling]) {
    await expectRefused(openClient(product.origin, tenant, token));
  }
});
