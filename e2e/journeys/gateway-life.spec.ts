import { expect } from '@playwright/test';
import { runNodeSnippet } from '#testing/run-snippet.ts';
import { gatewayPages } from './support/gateway-pages.ts';
import { UPSTREAM_ANSWER } from './support/product.ts';
import { test } from './support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a new gateway answers the code that it shows, until its model, and then itself, is removed', async ({
  page,
  product,
  tenant,
  data,
}) => {
  test.slow();
  const pages = gatewayPages(page);
  await page.goto('/gateways');
  await page.getByRole('link', { name: 'Create an AI Gateway' }).click();
  await pages.nameField.fill('My-Gateway');
  await expect(page.getByRole('status').filter({ hasText: `user-${tenant.accountId}-my-gateway.` })).toBeVisible();
  await pages.addProvider('OpenAI-compatible');
  await pages.provider('OpenAI-compatible').getByRole('textbox', { name: 'Endpoint' }).fill(product.upstreamUrl);
  await pages.typeModel('OpenAI-compatible', 'team/gpt-oss:20b');
  await pages.addProvider('Anthropic');
  await pages.provider('Anthropic').getByLabel('API key').fill('sk-ant-0123456789');
  await pages.provider('Anthropic').getByRole('checkbox').first().check();
  await pages.createButton.click();

  await expect(pages.createdDialog).toContainText('My-Gateway');
  await pages.createdDialog.getByRole('button', { name: 'Show code with this token' }).click();
  const withToken = await pages.copyCode(pages.createdDialog, 'Node · OpenAI');
  expect(await runNodeSnippet(withToken)).toBe(UPSTREAM_ANSWER);
  const token = /lk_[0-9A-Za-z]{49}/.exec(withToken)?.[0] ?? '';
  await pages.createdDialog.getByRole('button', { name: 'Close' }).click();
  await expect(page).toHaveURL(/\/gateways\/[0-9a-f-]{36}\/providers$/);
  await expect(pages.provider('Anthropic')).toContainText('Key ••••6789');

  await page.getByRole('button', { name: 'team/gpt-oss:20b' }).click();
  const codeDialog = page.getByRole('dialog', { name: 'Code that calls team/gpt-oss:20b' });
  const snippet = await pages.copyCode(codeDialog, 'Node · OpenAI');
  expect(snippet).toContain('YOUR_TOKEN');
  const runnable = snippet.replace('YOUR_TOKEN', token);
  expect(await runNodeSnippet(runnable)).toBe(UPSTREAM_ANSWER);
  await page.keyboard.press('Escape');

  await pages.manageButton.click();
  await pages.typeModel('OpenAI-compatible', 'another');
  await pages.provider('OpenAI-compatible').getByRole('button', { name: 'Remove team/gpt-oss:20b' }).click();
  await expect(pages.manageDialog).toContainText('team/gpt-oss:20b of OpenAI-compatible');
  await pages.manageDialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Providers and models of My-Gateway were saved.')).toBeVisible();
  await expect(page.getByText(/Applied by 2 of 2 proxies in \d+ ms\./)).toBeVisible();
  expect(await runNodeSnippet(runnable)).toContain('404');

  const callable = runnable.replaceAll('team/gpt-oss:20b', 'another');
  expect(await runNodeSnippet(callable)).toBe(UPSTREAM_ANSWER);
  await page.getByRole('button', { name: 'Delete My-Gateway' }).click();
  const confirm = pages.question.getByRole('button', { name: 'Delete' });
  await pages.question.getByLabel('Type My-Gateway to confirm').fill('my-gateway');
  await expect(confirm).toBeDisabled();
  await pages.question.getByLabel('Type My-Gateway to confirm').fill('My-Gateway');
  await confirm.click();
  await expect(page).toHaveURL('/gateways');
  await expect(page.getByText('AI Gateway My-Gateway was deleted.')).toBeVisible();
  await expect(page.getByText(/Refused by 2 of 2 proxies in \d+ ms\./)).toBeVisible();
  await expect(page.getByRole('link', { name: 'My-Gateway' })).toHaveCount(0);
  expect(await runNodeSnippet(callable)).toContain('404');
  expect(await data.db.gateway.count({ where: { accountId: tenant.accountId } })).toBe(1);
});

test('several gateways go together, or none when one of them is gone', async ({ page, tenant, data }) => {
  for (const name of ['second', 'third']) await data.addGateway(tenant.accountId, name);
  const { question } = gatewayPages(page);
  await page.goto('/gateways');
  for (const name of ['second', 'third']) await page.getByRole('checkbox', { name: `Select ${name}` }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(question.getByRole('listitem')).toHaveText(['second', 'third']);
  await data.db.gateway.deleteMany({ where: { accountId: tenant.accountId, name: 'third' } });
  await question.getByLabel('Type delete 2 to confirm').fill('delete 2');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(question.getByRole('alert')).toContainText('none was deleted');
  expect(await data.db.gateway.count({ where: { accountId: tenant.accountId } })).toBe(2);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await data.addGateway(tenant.accountId, 'fourth');
  await page.reload();
  for (const name of ['second', 'fourth']) await page.getByRole('checkbox', { name: `Select ${name}` }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await question.getByLabel('Type delete 2 to confirm').fill('delete 2');
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 AI Gateways were deleted.')).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
});
