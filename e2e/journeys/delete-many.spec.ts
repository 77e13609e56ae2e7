import { expect, type Page } from '@playwright/test';
import { expectRefused, openClient } from './support/client-app.ts';
import { UPSTREAM_ANSWER } from './support/product.ts';
import { addTokens, type Tenant, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

type Data = Parameters<typeof addTokens>[0];

/** Adds tokens that nobody holds, `sweep-1` and so on. */
function addCrowd(data: Data, { accountId, gateway }: Tenant, count: number) {
  return data.db.$executeRaw`
    INSERT INTO authentication_token (id, account_id, gateway_id, name, name_key, hash, first_chars, last_chars)
    SELECT gen_random_uuid(), ${accountId}, ${gateway.id}::uuid, name, name, sha256((${gateway.id} || name)::bytea), 'abcd',
      'wxyz'
    FROM (SELECT 'sweep-' || n AS name FROM generate_series(1, ${count}::int) AS n) AS named`;
}

/** Chooses all that are called sweep, and asks for their deletion. */
async function askForAll(page: Page, tenant: Tenant) {
  const tab = tokensTab(page);
  await tab.open(tenant, '?q=sweep');
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
  await page.getByRole('button', { name: /^Select all .* that match/ }).click();
  await tab.deleteButton.click();
  return tab;
}

type Fate = 'answered' | 'answer lost' | 'never sent';

/** Decides what becomes of the calls that delete a part, by their number from 1. */
async function onPart(page: Page, decide: (part: number) => Fate | Promise<Fate>) {
  let part = 0;
  await page.route(
    (url) => url.pathname.endsWith('/tokens'),
    async (route, request) => {
      if (!request.headers()['next-action'] || !request.postData()?.includes('deletionId')) return route.fallback();
      const fate = await decide(++part);
      if (fate === 'answered') return route.fallback();
      if (fate === 'answer lost') await route.fetch();
      await route.abort();
    },
  );
}

const countLeft = (data: Data, { gateway }: Tenant) =>
  data.db.authenticationToken.count({ where: { gatewayId: gateway.id, name: { startsWith: 'sweep' } } });

test('ten thousand that a filter chooses take one confirmation, show progress, end in a receipt, and are undone', async ({
  page,
  tenant,
  data,
  product,
}) => {
  await addCrowd(data, tenant, 9_999);
  const [swept, kept] = await addTokens(data, tenant, ['sweep-last', 'kept']);
  const [sweptClient, keptClient] = [swept, kept].map((token) =>
    openClient(product.origin, tenant, token?.token ?? ''),
  );
  if (!sweptClient || !keptClient) throw new Error('two clients were opened');
  const tab = await askForAll(page, tenant);
  await expect(tab.deleteDialog).toContainText('Delete 10,000 authentication tokens?');
  await tab.deleteDialog.getByRole('button', { name: 'Delete' }).click();
  const progress = tab.deleteDialog.getByRole('progressbar');
  await expect(progress).toHaveAttribute('max', '10000');
  await expect(tab.deleteDialog).toContainText(/[1-9],000 of 10,000 deleted/);
  await expect(page.getByText('10,000 tokens were deleted.')).toBeVisible();
  await expect(page.getByText(/Refused by \d+ of \d+ prox/)).toBeVisible();
  await expectRefused(sweptClient);
  expect(await keptClient.ask()).toBe(UPSTREAM_ANSWER);
  expect(await countLeft(data, tenant)).toBe(0);

  await page.locator('[data-sonner-toast]').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('10,000 tokens were restored.')).toBeVisible();
  expect(await sweptClient.ask()).toBe(UPSTREAM_ANSWER);
  expect(await countLeft(data, tenant)).toBe(10_000);
});

test('a deletion whose connection is lost says so, goes on when it is confirmed again, and is undone as a whole', async ({
  page,
  tenant,
  data,
}) => {
  await addCrowd(data, tenant, 2_500);
  await onPart(page, (part) => (part === 2 ? 'answer lost' : 'answered'));
  const tab = await askForAll(page, tenant);
  const confirm = tab.deleteDialog.getByRole('button', { name: 'Delete' });
  await confirm.click();
  await expect(tab.deleteDialog.getByRole('alert')).toContainText('It is not known whether this was done');
  expect(await countLeft(data, tenant)).toBe(500);
  await confirm.click();
  // Those of the part whose answer was lost are counted, too.
  await expect(page.getByText('2,500 tokens were deleted.')).toBeVisible();
  await page.locator('[data-sonner-toast]').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('2,500 tokens were restored.')).toBeVisible();
});

test('a tab is not closed in the midst of a deletion without a question, and what was deleted till then is undone', async ({
  page,
  tenant,
  data,
  context,
}) => {
  await addCrowd(data, tenant, 1_500);
  const question = page.waitForEvent('dialog');
  await onPart(page, (part) => (part === 2 ? question.then(() => 'never sent' as const) : 'answered'));
  const tab = await askForAll(page, tenant);
  await tab.deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(tab.deleteDialog).toContainText('1,000 of 1,500 deleted');
  await page.close({ runBeforeUnload: true });
  expect((await question).type()).toBe('beforeunload');
  await (await question).accept();

  const later = await context.newPage();
  await tokensTab(later).open(tenant);
  const recent = later.getByRole('region', { name: 'Recently deleted' });
  await expect(recent).toContainText(/sweep-\d+ and other tokens, 1,000 in all/);
  await recent.getByRole('button', { name: /^Undo/ }).click();
  await expect(later.getByText('1,000 tokens were restored.')).toBeVisible();
  expect(await countLeft(data, tenant)).toBe(1_500);
});
