import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { gatewayPages } from './support/gateway-pages.ts';
import { test } from './support/test.ts';

const STORED_KEY = 'sk-proj-PLANTED0KEY1WITH2MANY3PARTS9xyz';

/** Every run of eight characters of the key. */
const PARTS = Array.from({ length: STORED_KEY.length - 7 }, (_, at) => STORED_KEY.slice(at, at + 8));

test('a stored key, and any eight characters of it, never reach the browser or the log', async ({
  page,
  tenant,
  data,
  product,
}) => {
  const { gateway } = tenant;
  const kind = 'openai-compatible';
  const baseUrl = product.upstreamUrl;
  await data.addProvider({ gatewayId: gateway.id, kind, baseUrl, key: STORED_KEY, models: ['llama'] });
  const answers: string[] = [];
  page.on('response', async (response) => answers.push(await response.text().catch(() => '')));

  const pages = gatewayPages(page);
  await page.goto(`/gateways/${gateway.id}/providers`);
  await expect(pages.provider('OpenAI-compatible')).toContainText('Key ••••9xyz');
  await pages.manageButton.click();
  const fields = pages.manageDialog.getByRole('region', { name: 'OpenAI-compatible' });
  await expect(fields.getByLabel('Header value')).toHaveValue('');
  await expect(fields).toContainText('Stored: ••••9xyz.');
  await fields.getByRole('button', { name: 'Check key' }).click();
  await expect(fields.getByText(/Accepted: a call of llama was answered 200 in \d+ ms/)).toBeVisible();
  await fields.getByLabel('API models').fill('llama-2, llama-3');
  await fields.getByRole('button', { name: 'Add', exact: true }).click();
  await pages.manageDialog.getByRole('button', { name: 'Save' }).click();
  await expect(pages.manageDialog).toBeHidden();
  for (const path of ['', '/providers', '/tokens']) {
    answers.push(await (await page.request.get(`/gateways/${gateway.id}${path}`, { headers: { rsc: '1' } })).text());
  }
  await page.goto('/audit');
  await expect(page.getByRole('cell', { name: 'Providers and models changed' })).toBeVisible();

  const stored = await data.db.provider.findFirstOrThrow({
    where: { gatewayId: gateway.id, kind },
    include: { models: true },
  });
  expect(stored.models.map(({ name }) => name).sort()).toEqual(['llama', 'llama-2', 'llama-3']);
  const seen = answers.join('\n') + (await page.content()) + (await readFile(product.logFile, 'utf8'));
  expect(seen).toContain('9xyz');
  expect(PARTS.filter((part) => seen.includes(part))).toEqual([]);
  expect(seen).not.toContain(
    Buffer.from(stored.keyCiphertext ?? [])
      .toString('base64')
      .slice(0, 16),
  );
});

test('a provider that is removed is named first, comes back as it was, and goes when saved', async ({
  page,
  tenant,
  data,
}) => {
  const pages = gatewayPages(page);
  await page.goto(`/gateways/${tenant.gateway.id}/providers`);
  await pages.manageButton.click();
  await pages.manageDialog.getByRole('button', { name: 'Remove DeepSeek', exact: true }).click();
  await expect(pages.manageDialog).toContainText('DeepSeek with 2 models');
  await pages.addProvider('DeepSeek');
  await expect(pages.manageDialog).not.toContainText('Saving will remove');
  await expect(pages.manageDialog.getByRole('button', { name: 'Remove deepseek-reasoner' })).toBeVisible();
  await pages.manageDialog.getByRole('button', { name: 'Remove DeepSeek', exact: true }).click();

  await expect(pages.manageDialog).toContainText('Saving will remove');
  await pages.manageDialog.getByRole('button', { name: 'Save' }).press('Escape');
  await pages.question.getByRole('button', { name: 'Go back' }).click();
  await pages.manageDialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('No provider yet')).toBeVisible();
  expect(await data.db.provider.count({ where: { gatewayId: tenant.gateway.id } })).toBe(0);
});

test('the key for one server is not sent to another: the form asks for it', async ({ page, tenant, data, product }) => {
  const { gateway } = tenant;
  const kind = 'openai-compatible';
  await data.addProvider({
    gatewayId: gateway.id,
    kind,
    baseUrl: 'https://8.8.8.8/v1',
    key: STORED_KEY,
    models: ['m'],
  });
  const pages = gatewayPages(page);
  await page.goto(`/gateways/${gateway.id}/providers`);
  await pages.manageButton.click();
  const fields = pages.manageDialog.getByRole('region', { name: 'OpenAI-compatible' });
  await fields.getByRole('textbox', { name: 'Endpoint' }).fill(product.upstreamUrl);
  await pages.manageDialog.getByRole('button', { name: 'Save' }).click();
  await expect(fields.getByLabel('Header value')).toHaveAccessibleDescription(/The endpoint is on another server now/);
  await expect(fields.getByLabel('Header value')).toBeFocused();
  await fields.getByLabel('Header value').fill('sk-another-one');
  await fields.getByRole('button', { name: 'Show key' }).click();
  await expect(fields.getByLabel('Header value')).toHaveAttribute('type', 'text');
  await pages.manageDialog.getByRole('button', { name: 'Save' }).click();
  await expect(pages.manageDialog).toBeHidden();
  await expect(pages.provider('OpenAI-compatible')).toContainText('Key ••••-one');
});

test('how long a provider may take is folded away until it is set, and empty again means as configured', async ({
  page,
  tenant,
  data,
}) => {
  const pages = gatewayPages(page);
  const fields = pages.manageDialog.getByRole('region', { name: 'DeepSeek' });
  const [firstByte, idle] = [fields.getByLabel('Seconds until an answer'), fields.getByLabel('Seconds that an answer')];
  const save = pages.manageDialog.getByRole('button', { name: 'Save' });
  const stored = () =>
    data.db.provider.findFirstOrThrow({
      where: { gatewayId: tenant.gateway.id },
      select: { firstByteTimeoutMs: true, idleTimeoutMs: true },
    });
  await page.goto(`/gateways/${tenant.gateway.id}/providers`);
  await pages.manageButton.click();
  await expect(firstByte).toBeHidden();
  await fields.getByRole('button', { name: 'Advanced' }).click();
  await firstByte.fill('4000');
  await idle.fill('900');
  await save.click();
  await expect(firstByte).toHaveAccessibleDescription(/Enter whole seconds, from 1 to 3600/);
  await firstByte.fill('1800');
  await save.click();
  await expect(pages.manageDialog).toBeHidden();
  expect(await stored()).toEqual({ firstByteTimeoutMs: 1_800_000, idleTimeoutMs: 900_000 });

  await page.reload();
  await pages.manageButton.click();
  await expect(firstByte).toHaveValue('1800');
  await firstByte.fill('');
  await save.click();
  await expect(pages.manageDialog).toBeHidden();
  expect(await stored()).toEqual({ firstByteTimeoutMs: null, idleTimeoutMs: 900_000 });
});

test('what the demo answers is marked', async ({ page, tenant, data }) => {
  await page.goto(`/gateways/${tenant.gateway.id}/providers`);
  await expect(gatewayPages(page).provider('DeepSeek')).not.toContainText('Demo');
  await data.db.provider.updateMany({ where: { gatewayId: tenant.gateway.id }, data: { demo: true } });
  await page.reload();
  await expect(gatewayPages(page).provider('DeepSeek Demo')).toContainText('only while Latchkey runs with DEMO on');
});

test('the page of model providers says where each is and how its key is sent', async ({ page }) => {
  await page.goto('/gateways');
  await page.getByRole('link', { name: 'Model Provider' }).click();
  const google = page.getByRole('region', { name: 'Google' });
  await expect(google).toContainText('/gemini/…');
  await expect(google).toContainText('x-goog-api-key');
  await expect(google.getByRole('link', { name: /aistudio/ })).toHaveAttribute('rel', /noopener/);
  await expect(page.getByRole('main').getByRole('region')).toHaveCount(5);
});
