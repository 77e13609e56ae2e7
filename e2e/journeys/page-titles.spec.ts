import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { test } from './support/test.ts';

test('every page has a title of its own, the most particular first', async ({ page, tenant }) => {
  const base = `/gateways/${tenant.gateway.id}`;
  const titles = {
    '/gateways': 'AI Gateway · Latchkey',
    '/gateways/new': 'Create an AI Gateway · Latchkey',
    [`${base}/providers`]: 'Provider & Model · demo-gateway · Latchkey',
    [`${base}/tokens`]: 'Authentication token · demo-gateway · Latchkey',
    '/model-providers': 'Model Provider · Latchkey',
    '/audit': 'Audit log · Latchkey',
    '/account': 'My account · Latchkey',
    [`/gateways/${randomUUID()}/tokens`]: 'Nothing here · Latchkey',
    '/nowhere': 'Nothing here · Latchkey',
  };
  for (const [path, title] of Object.entries(titles)) {
    await page.goto(path);
    await expect(page, path).toHaveTitle(title);
  }
});

test('a gateway opens at its first tab without a detour', async ({ page, tenant }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/gateways');
  await page.getByRole('link', { name: 'demo-gateway' }).click();
  await expect(page.getByRole('heading', { name: 'DeepSeek' })).toBeVisible();
  expect(asked).toContain(`/gateways/${tenant.gateway.id}/providers`);
  expect(asked).not.toContain(`/gateways/${tenant.gateway.id}`);
});

test('nothing that a browser asks for by itself is missing', async ({ page }) => {
  for (const path of ['/favicon.ico', '/icon.svg']) {
    const answer = await page.request.get(path);
    expect([path, answer.status()]).toEqual([path, 200]);
    expect(answer.headers()['content-type']).toMatch(/^image\//);
  }
});

test('the last row can be scrolled to where no toast covers it', async ({ page, tenant, data }) => {
  for (let i = 0; i < 12; i++) await data.addGateway(tenant.accountId, `gateway-${i}`);
  await page.goto('/gateways?size=20');
  await page.getByRole('button', { name: 'Delete gateway-0', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('textbox').fill('gateway-0');
  await page.keyboard.press('Enter');
  const toast = page.locator('[data-sonner-toast]');
  await expect(toast).toContainText('AI Gateway gateway-0 was deleted.');
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  const [row, news] = [await page.getByRole('row').last().boundingBox(), await toast.boundingBox()];
  expect(row?.y ?? 0).toBeGreaterThanOrEqual((news?.y ?? 0) + (news?.height ?? 0));
});
