import { expect, type Page } from '@playwright/test';
import { gatewayPages } from './support/gateway-pages.ts';
import { addToken, type Tenant, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

/** Whoever opened a form before somebody else saved theirs, and saves after. */
async function openSecondTab(page: Page): Promise<Page> {
  return page.context().newPage();
}

test('two tabs configure one gateway: what each changed is there, and what neither did stays', async ({
  page,
  tenant,
  data,
}) => {
  const { id } = tenant.gateway;
  const other = await openSecondTab(page);
  const [mine, theirs] = [gatewayPages(page), gatewayPages(other)];
  for (const [tab, pages] of [[page, mine] as const, [other, theirs] as const]) {
    await tab.goto(`/gateways/${id}/providers`);
    await pages.configureButton.click();
  }
  await theirs.configureDialog.getByRole('switch', { name: 'Gateway enabled' }).click();
  await theirs.configureDialog.getByLabel('Web pages that may call this gateway').fill('https://theirs.example');
  await theirs.configureDialog.getByRole('button', { name: 'Save' }).click();
  await theirs.question.getByRole('button', { name: 'Apply' }).click();
  await expect(theirs.configureDialog).toBeHidden();

  await mine.configureDialog.getByRole('switch', { name: 'Objects only for the token' }).click();
  await mine.configureDialog.getByLabel('Web pages that may call this gateway').fill('https://mine.example');
  await mine.configureDialog.getByRole('button', { name: 'Save' }).click();
  await expect(mine.configureDialog).toBeHidden();
  const stored = await data.db.gateway.findUniqueOrThrow({ where: { id } });
  expect(stored).toMatchObject({ status: 'DISABLED', authenticated: true, objectsByToken: true });
  expect(stored.corsOrigins).toEqual(['https://theirs.example', 'https://mine.example']);
});

test.describe('two tabs manage the providers of one gateway', () => {
  test('what each changed is there', async ({ page, tenant, data }) => {
    const { mine, theirs } = await openManaging(page, tenant);
    await theirs.typeModel('DeepSeek', 'theirs');
    await save(theirs);
    await mine.provider('DeepSeek').getByRole('button', { name: 'Remove deepseek-reasoner' }).click();
    await mine.typeModel('DeepSeek', 'mine');
    await save(mine);
    await expect(mine.manageDialog).toBeHidden();
    const models = await data.db.model.findMany({ where: { provider: { gatewayId: tenant.gateway.id } } });
    expect(models.map(({ name }) => name).sort()).toEqual(['deepseek-chat', 'mine', 'theirs']);
  });

  for (const choice of ['Keep mine', 'Take theirs'] as const) {
    test(`two keys for one provider are a question, nothing typed is lost, and "${choice}" does so`, async ({
      page,
      tenant,
      data,
    }) => {
      const { mine, theirs } = await openManaging(page, tenant);
      await theirs.provider('DeepSeek').getByLabel('API key').fill('sk-key-of-theirs-1111');
      await save(theirs);
      await expect(theirs.manageDialog).toBeHidden();

      await mine.typeModel('DeepSeek', 'mine');
      await mine.provider('DeepSeek').getByLabel('API key').fill('sk-key-of-mine-2222');
      await save(mine);
      const conflict = mine.manageDialog.getByRole('alert');
      await expect(conflict).toContainText('Somebody else saved this while it was open here.');
      await expect(conflict).toContainText('••••1111');
      await expect(conflict).toBeFocused();
      await expect(mine.provider('DeepSeek').getByLabel('API key')).toHaveValue('sk-key-of-mine-2222');
      expect((await data.db.provider.findFirstOrThrow({ where: { gatewayId: tenant.gateway.id } })).keyLastChars).toBe(
        '1111',
      );

      await conflict.getByRole('button', { name: choice }).click();
      await expect(conflict).toBeHidden();
      await save(mine);
      await expect(mine.manageDialog).toBeHidden();
      const provider = await data.db.provider.findFirstOrThrow({
        where: { gatewayId: tenant.gateway.id },
        include: { models: true },
      });
      expect(provider.keyLastChars).toBe(choice === 'Keep mine' ? '2222' : '1111');
      expect(provider.models.map(({ name }) => name)).toContain('mine');
    });
  }

  test('a provider that both connect, and one that is removed while it is changed, are questions', async ({
    page,
    tenant,
    data,
  }) => {
    const { mine, theirs } = await openManaging(page, tenant);
    await connectOpenAi(theirs, 'sk-key-of-theirs-1111', 'gpt-theirs');
    await theirs.manageDialog.getByRole('button', { name: 'Remove DeepSeek', exact: true }).click();
    await save(theirs);
    await expect(theirs.manageDialog).toBeHidden();

    await mine.typeModel('DeepSeek', 'mine');
    await connectOpenAi(mine, 'sk-key-of-mine-2222', 'gpt-mine');
    await save(mine);
    const conflict = mine.manageDialog.getByRole('alert');
    await expect(conflict).toContainText('DeepSeek was removed by somebody else.');
    await expect(conflict).toContainText('OpenAI was connected by somebody else, too, with 1 model.');
    await conflict.getByRole('button', { name: 'Take theirs DeepSeek' }).click();
    await conflict.getByRole('button', { name: 'Take theirs OpenAI' }).click();
    await expect(mine.provider('DeepSeek').and(mine.manageDialog.locator('section'))).toBeHidden();
    await mine.typeModel('OpenAI', 'gpt-mine');
    await save(mine);
    await expect(mine.manageDialog).toBeHidden();
    const stored = await data.db.provider.findMany({
      where: { gatewayId: tenant.gateway.id },
      include: { models: { orderBy: { name: 'asc' } } },
    });
    expect(
      stored.map(({ kind, keyLastChars, models }) => [kind, keyLastChars, models.map(({ name }) => name)]),
    ).toEqual([['openai', '1111', ['gpt-mine', 'gpt-theirs']]]);
  });
});

test('an expiry that somebody else has set meanwhile is told, and overwritten only when that is asked for', async ({
  page,
  tenant,
  data,
}) => {
  const { id } = await addToken(data, tenant, 'token-user01');
  const tab = tokensTab(page);
  await page.goto(`/gateways/${tenant.gateway.id}/tokens`);
  await tab.row('token-user01').getByRole('button', { name: 'Actions for token-user01' }).click();
  await page.getByRole('menuitem', { name: 'Set expiry' }).click();
  const dialog = page.getByRole('dialog', { name: "Set the token's expiry" });
  await expect(dialog.getByRole('radio', { name: 'never' })).toBeChecked();
  await dialog.getByRole('radio', { name: 'in 7 days' }).check();
  await data.db.authenticationToken.update({ where: { id }, data: { expiresAt: new Date('2090-05-06T07:08:00Z') } });
  await dialog.getByRole('button', { name: 'Set expiry' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Somebody else changed the expiry meanwhile');
  await expect(dialog.getByRole('alert')).toContainText('2090');
  await expect(dialog.getByRole('radio', { name: 'in 7 days' })).toBeChecked();
  const stored = async () => (await data.db.authenticationToken.findUniqueOrThrow({ where: { id } })).expiresAt;
  expect((await stored())?.getUTCFullYear()).toBe(2090);
  await dialog.getByRole('button', { name: 'Set expiry' }).click();
  await expect(dialog).toBeHidden();
  const days = ((await stored())?.getTime() ?? 0) - Date.now();
  expect(Math.round(days / 86_400_000)).toBe(7);
});

type Pages = ReturnType<typeof gatewayPages>;

async function openManaging(page: Page, { gateway }: Tenant): Promise<{ mine: Pages; theirs: Pages }> {
  const other = await openSecondTab(page);
  const [mine, theirs] = [gatewayPages(page), gatewayPages(other)];
  for (const [tab, pages] of [[page, mine] as const, [other, theirs] as const]) {
    await tab.goto(`/gateways/${gateway.id}/providers`);
    await pages.manageButton.click();
    await expect(pages.manageDialog).toBeVisible();
  }
  return { mine, theirs };
}

const save = (pages: Pages) => pages.manageDialog.getByRole('button', { name: 'Save' }).click();

async function connectOpenAi(pages: Pages, key: string, model: string): Promise<void> {
  await pages.addProvider('OpenAI');
  await pages.manageDialog.getByRole('region', { name: 'OpenAI', exact: true }).getByLabel('API key').fill(key);
  await pages.typeModel('OpenAI', model);
}
