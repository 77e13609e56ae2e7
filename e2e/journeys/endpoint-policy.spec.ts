import { expect } from '@playwright/test';
import { gatewayPages } from './support/gateway-pages.ts';
import { test } from './support/test.ts';

test("an admin opens a provider's management endpoints after a warning, and closes them again", async ({
  page,
  tenant,
  data,
  product,
}) => {
  const gatewayId = tenant.gateway.id;
  const provider = { gatewayId, kind: 'openai', baseUrl: product.upstreamUrl, models: ['gpt-5'] } as const;
  await data.addProvider({ ...provider, models: ['gpt-5'], key: 'sk-any-key-of-theirs' });
  const stored = () => data.db.provider.count({ where: { gatewayId, opensManagement: true } });
  const pages = gatewayPages(page);
  const fields = pages.manageDialog.getByRole('region', { name: 'OpenAI', exact: true });
  const opens = fields.getByRole('switch', { name: 'Open management endpoints' });
  const warning = fields.getByText('can administer your account');
  const save = async () => {
    await pages.manageDialog.getByRole('button', { name: 'Save' }).click();
    await expect(pages.manageDialog).toBeHidden();
  };

  await page.goto(`/gateways/${gatewayId}/providers`);
  await pages.manageButton.click();
  await expect(opens).not.toBeChecked();
  await expect(warning).toBeHidden();
  await opens.click();
  await expect(warning).toBeVisible();
  await save();
  expect(await stored()).toBe(1);

  await pages.manageButton.click();
  await expect(opens).toBeChecked();
  await opens.click();
  await save();
  expect(await stored()).toBe(0);

  await page.goto('/audit');
  await expect(page.getByRole('cell', { name: 'Management endpoints opened' })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Management endpoints closed' })).toBeVisible();
});

test('Configure narrows objects to the token that made them', async ({ page, tenant, data }) => {
  const { id } = tenant.gateway;
  const pages = gatewayPages(page);
  await page.goto(`/gateways/${id}`);
  await pages.configureButton.click();
  const narrows = pages.configureDialog.getByRole('switch', { name: 'Objects only for the token that made them' });
  await expect(narrows).not.toBeChecked();
  await narrows.click();
  await pages.configureDialog.getByRole('button', { name: 'Save' }).click();
  await expect(pages.configureDialog).toBeHidden();
  const { objectsByToken } = await data.db.gateway.findUniqueOrThrow({ where: { id } });
  expect(objectsByToken).toBe(true);
});
