import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { TEST_DIST_DIR } from '#testing/console-build.ts';
import { gatewayPages } from './support/gateway-pages.ts';
import { startProduct } from './support/product.ts';
import { test as base } from './support/test.ts';

/** A product of its own: a worker that does not answer holds up everybody who shares its database. */
const test = base.extend<object, { product: Awaited<ReturnType<typeof startProduct>> }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const product = await startProduct(TEST_DIST_DIR);
      await use(product);
      await product.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

test('a proxy that does not answer is waited for until its lease ends, and the receipt says so', async ({
  page,
  tenant,
  data,
}) => {
  const pages = gatewayPages(page);
  await page.goto(`/gateways/${tenant.gateway.id}/providers`);
  await pages.configureButton.click();
  await pages.configureDialog.getByRole('switch', { name: 'Authenticated Gateway' }).click();
  await pages.configureDialog.getByRole('button', { name: 'Save' }).click();
  await data.db.$executeRaw`
    INSERT INTO proxy_member (id, lease_until, applied_event_id)
    VALUES (${randomUUID()}::uuid, clock_timestamp() + interval '1500 milliseconds', 0)`;
  await pages.question.getByRole('button', { name: 'Apply' }).click();
  const receipt = page.getByText(/Applied by (\d+) of (\d+) proxies in \d{3,} ms\. 1 did not answer/);
  await expect(receipt).toBeVisible();
  const [, confirmed, total] = /by (\d+) of (\d+)/.exec((await receipt.textContent()) ?? '') ?? [];
  expect(Number(total) - Number(confirmed)).toBe(1);
});
