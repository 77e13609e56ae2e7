import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { expect, type Page } from '@playwright/test';
import OpenAI from 'openai';
import papa from 'papaparse';
import { expectRefused, openClient } from './support/client-app.ts';
import { UPSTREAM_ANSWER } from './support/product.ts';
import { addTokens, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const manyDialog = (page: Page) => page.getByRole('dialog', { name: 'AI Gateway Authentication tokens created' });
const namesField = (page: Page) => page.getByRole('textbox', { name: 'Token names' });

test('fifty tokens come from one line, are copied and saved, and each is accepted', async ({
  page,
  tenant,
  product,
  data,
}) => {
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.createButton.click();
  await expect(tab.createDialog).toContainText('An AI Gateway token is used with an Authenticated Gateway.');
  await tab.createDialog.getByRole('button', { name: 'Several at once…' }).click();
  await expect(namesField(page)).toBeFocused();
  await page.keyboard.type('token-user01 … token-user50');
  await expect(tab.createDialog.getByText('50 tokens will be created')).toBeVisible();
  await tab.createDialog.getByRole('radio', { name: '30 days' }).check();
  await tab.createDialog.getByRole('button', { name: 'Create 50' }).click();

  const dialog = manyDialog(page);
  await dialog.getByRole('button', { name: 'Copy all' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied all' })).toBeVisible();
  const copied = (await page.evaluate(() => navigator.clipboard.readText()))
    .split('\n')
    .map((line) => line.split('\t'));
  expect(copied.map(([name]) => name)).toEqual(
    Array.from({ length: 50 }, (_, index) => `token-user${String(index + 1).padStart(2, '0')}`),
  );
  for (const [button, ends] of [
    ['Download CSV', 'demo-gateway-tokens.csv'],
    ['Download .env', 'demo-gateway-tokens.env'],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: button }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(ends);
    const saved = await readFile(await download.path(), 'utf8');
    for (const [, token] of copied) expect(saved).toContain(token);
    if (ends.endsWith('.csv')) await callByFile(saved);
    else expect(Object.keys(parseEnv(saved))).toEqual(expect.arrayContaining(['LK_BASE_URL', 'LK_TOKEN_USER50']));
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(tab.row('token-user50')).toContainText('New');
  for (const [, token = ''] of [copied[0], copied[49]].map((line) => line ?? [])) {
    expect(await openClient(product.origin, tenant, token).ask()).toBe(UPSTREAM_ANSWER);
  }
  const stored = await data.db.authenticationToken.findMany({ where: { gatewayId: tenant.gateway.id } });
  const days = stored.map(({ expiresAt }) => Math.round(((expiresAt?.getTime() ?? 0) - Date.now()) / 86_400_000));
  expect(new Set(days)).toEqual(new Set([30]));
});

test('names that cannot be are told one by one, and nothing is made until all can', async ({ page, tenant, data }) => {
  await addTokens(data, tenant, ['token-user02']);
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.createButton.click();
  await tab.nameField.focus();
  await page.evaluate(() => navigator.clipboard.writeText('token-user01\ntoken-user02\nToken-USER01'));
  await page.keyboard.press('ControlOrMeta+v');
  await expect(namesField(page)).toHaveValue('token-user01\ntoken-user02\nToken-USER01');
  const item = (name: string) => tab.createDialog.getByRole('listitem').filter({ hasText: name });
  const first = tab.createDialog.getByRole('listitem').first();
  await expect(first).toHaveText('Token-USER01 – This name is in the list already.');
  const create = tab.createDialog.locator('button[type=submit]');
  await expect(tab.createDialog).toContainText('3 names, 1 of which cannot be used');
  await expect(create).toHaveText('Create');
  await create.click();
  await expect(tab.createDialog.getByRole('alert')).toContainText('1 name cannot be used');
  await namesField(page).fill('token-user01\ntoken-user02');
  await create.click();
  await expect(item('token-user02')).toContainText('This gateway already has a token with this name.');
  expect(await data.db.authenticationToken.count({ where: { gatewayId: tenant.gateway.id } })).toBe(1);
  await namesField(page).fill('token-user01\ntoken-user03');
  await create.click();
  const dialog = manyDialog(page);
  await expect(dialog.getByRole('button', { name: 'Copy all' })).toBeFocused();
  await page.keyboard.press('Escape');
  const question = page.getByRole('alertdialog', { name: 'Close without copying the token?' });
  await question.getByRole('button', { name: 'Go back' }).click();
  await dialog.getByRole('button', { name: 'Copy token-user01' }).click();
  await dialog.getByRole('button', { name: 'Copy token-user03' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied token-user03' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('ten thousand pasted names are too many, and the page stays quick', async ({ page, tenant, data }) => {
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.createButton.click();
  await tab.nameField.focus();
  const names = Array.from({ length: 10_000 }, (_, index) => `token-${index}`).join('\n');
  await page.evaluate((text) => navigator.clipboard.writeText(text), names);
  await page.keyboard.press('ControlOrMeta+v');
  await expect(namesField(page)).toHaveValue(names);
  await tab.createDialog.locator('button[type=submit]').click();
  await expect(tab.createDialog.getByRole('alert')).toHaveText('At most 500 tokens at once.');
  expect(await data.db.authenticationToken.count({ where: { gatewayId: tenant.gateway.id } })).toBe(0);
  await namesField(page).fill('token-1');
  await expect(tab.createDialog).toContainText('1 token will be created');
});

test('Enter pressed twice makes one token', async ({ page, tenant, data }) => {
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.createButton.click();
  await tab.nameField.fill('token-user01');
  await Promise.all([page.keyboard.press('Enter'), page.keyboard.press('Enter')]);
  await expect(tab.createdDialog).toBeVisible();
  expect(await data.db.authenticationToken.count({ where: { gatewayId: tenant.gateway.id } })).toBe(1);
  expect(await data.db.auditEvent.count({ where: { accountId: tenant.accountId, action: 'token.created' } })).toBe(1);
});

test('an answer that is lost and asked for again makes one token, and the secret that is shown works', async ({
  page,
  tenant,
  data,
  product,
}) => {
  const tab = tokensTab(page);
  let lost = 0;
  // Before the page is open: what is routed from then on, the browser may still send past it for a moment.
  await page.route('**/tokens', async (route) => {
    // The page asks for other things too, such as how the list has changed.
    const isCreation = route.request().postData()?.includes('token-user02') ?? false;
    if (!isCreation || lost > 0) return route.fallback();
    lost += 1;
    await route.fetch();
    await route.abort();
  });
  await tab.open(tenant);
  await tab.createButton.click();
  await tab.nameField.fill('token-user02');
  await page.keyboard.press('Enter');
  await expect(tab.createDialog.getByRole('alert')).toContainText('It is not known whether this was done');
  expect(await data.db.authenticationToken.count({ where: { gatewayId: tenant.gateway.id } })).toBe(1);
  await tab.createDialog.getByRole('button', { name: 'Create', exact: true }).click();
  const token = (await tab.createdDialog.locator('code').textContent()) ?? '';
  expect(await data.db.authenticationToken.count({ where: { gatewayId: tenant.gateway.id } })).toBe(1);
  expect(await openClient(product.origin, tenant, token).ask()).toBe(UPSTREAM_ANSWER);
  await expectRefused(openClient(product.origin, tenant, `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`));
});

test('the popup tells of the first request by itself', async ({ page, tenant, product }) => {
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.createButton.click();
  await tab.nameField.fill('token-user02');
  await page.keyboard.press('Enter');
  await expect(tab.createdDialog.getByText('Waiting for the first request with this token…')).toBeVisible();
  const token = (await tab.createdDialog.locator('code').textContent()) ?? '';
  await openClient(product.origin, tenant, token).ask();
  await expect(tab.createdDialog.getByText('First request received')).toBeVisible();
});

test('a token created under a search that leaves it out is one click away, and marked', async ({
  page,
  tenant,
  data,
}) => {
  await addTokens(data, tenant, ['alpha']);
  const tab = tokensTab(page);
  await tab.open(tenant, '?q=alpha');
  await tab.create('token-user02');
  await expect(page.getByText('token-user02 was created, but what is shown here leaves it out.')).toBeVisible();
  await page.getByRole('link', { name: 'Show', exact: true }).click();
  await expect(tab.row('token-user02')).toContainText('New');
  await expect(page.getByText('leaves it out')).toHaveCount(0);
});

test('without the Clipboard API, as on plain http, what is copied has its lines and tabs, and one thing is "Copied"', async ({
  page,
  context,
  tenant,
}) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.createButton.click();
  await tab.createDialog.getByRole('button', { name: 'Several at once…' }).click();
  await namesField(page).fill('=cmd\n-dash\nngười dùng\ntoken-user04');
  await tab.createDialog.getByRole('button', { name: 'Create 4' }).click();
  const dialog = manyDialog(page);
  const reader = await context.newPage();
  await reader.goto(page.url());
  const read = async () => {
    await reader.bringToFront();
    const text = await reader.evaluate(() => navigator.clipboard.readText());
    await page.bringToFront();
    return text;
  };
  await dialog.getByRole('button', { name: 'Copy all' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied all' })).toBeVisible();
  const rows = papa.parse<string[]>(await read(), { delimiter: '\t' }).data;
  expect(rows.map(([name]) => name)).toEqual(["'=cmd", "'-dash", 'người dùng', 'token-user04']);
  for (const [, token] of rows) expect(token).toMatch(/^lk_[0-9A-Za-z]{49}$/);

  await dialog.getByRole('button', { name: 'Copy token-user04' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied token-user04' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Copied all' })).toBeHidden();
  expect(await read()).toBe(rows[3]?.[1]);
  await page.evaluate(() => {
    document.execCommand = () => false;
  });
  await dialog.getByRole('button', { name: 'Copy all' }).click();
  await expect(dialog.getByRole('button', { name: /^Copied/ })).toBeHidden();
});

test('a pattern in the field for one name is recognised, and names that exist are left out by one click', async ({
  page,
  tenant,
  data,
}) => {
  await addTokens(data, tenant, ['token-user01', 'token-user03']);
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.createButton.click();
  await tab.nameField.fill('token-user01 … token-user05');
  await expect(tab.createDialog).toContainText('This reads as 5 names.');
  await tab.createDialog.getByRole('button', { name: 'Create 5 tokens' }).click();
  await expect(namesField(page)).toBeFocused();
  await expect(namesField(page)).toHaveValue('token-user01 … token-user05');
  await tab.createDialog.getByRole('button', { name: 'Create 5' }).click();
  await expect(tab.createDialog).toContainText('2 of these names exist already.');
  await tab.createDialog.getByRole('button', { name: 'Leave them out' }).click();
  await expect(tab.createDialog).toContainText('2 names that exist already are left out.');
  await tab.createDialog.getByRole('button', { name: 'Create 3' }).click();
  await expect(manyDialog(page).locator('dt')).toHaveText(['token-user02', 'token-user04', 'token-user05']);
});

test('what was typed survives each switch, columns are explained, and a list is not discarded unasked', async ({
  page,
  tenant,
}) => {
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.createButton.click();
  await tab.nameField.fill('first');
  await tab.createDialog.getByRole('button', { name: 'Several at once…' }).click();
  await page.keyboard.press('Enter');
  await page.keyboard.type('second');
  await expect(namesField(page)).toHaveValue('first\nsecond');
  await tab.createDialog.getByRole('button', { name: 'Only one' }).click();
  await expect(tab.nameField).toHaveValue('first');
  await tab.createDialog.getByRole('button', { name: 'Several at once…' }).click();
  await expect(namesField(page)).toHaveValue('first\nsecond');
  await namesField(page).fill('name\tmail\nann\tann@example.com');
  await expect(tab.createDialog).toContainText('This has several columns. Paste only the one with the names.');

  await page.keyboard.press('Escape');
  const question = page.getByRole('alertdialog');
  await expect(question).toBeVisible();
  await question.getByRole('button').first().click();
  await expect(namesField(page)).toHaveValue('name\tmail\nann\tann@example.com');
  await namesField(page).fill('only one line');
  await page.keyboard.press('Escape');
  await expect(tab.createDialog).toBeHidden();
});

/** Whoever is given a row of the file has all that a call takes. */
async function callByFile(csv: string): Promise<void> {
  const rows = papa.parse<Record<string, string>>(csv.slice(1), { header: true, skipEmptyLines: true }).data;
  const { token, base_url: baseURL, models = '', expires_at: expiresAt = '' } = rows[7] ?? {};
  const answer = await new OpenAI({ apiKey: token, baseURL }).chat.completions.create({
    model: models.split('; ')[0] ?? '',
    messages: [{ role: 'user', content: 'What is AI?' }],
  });
  expect(answer.choices[0]?.message.content).toBe(UPSTREAM_ANSWER);
  expect(Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)).toBe(30);
}
