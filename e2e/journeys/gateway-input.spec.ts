import { expect } from '@playwright/test';
import type { Fixtures } from '#testing/fixtures.ts';
import { interceptAction, sendAction } from './support/action-call.ts';
import { gatewayPages } from './support/gateway-pages.ts';
import { type Tenant, test } from './support/test.ts';

/** That there is what there was before: one gateway with one provider, no token, and no word of anything else. */
async function expectNothingMade({ db }: Fixtures, { accountId }: Tenant): Promise<void> {
  const made = {
    gateways: await db.gateway.count({ where: { accountId } }),
    providers: await db.provider.count({ where: { gateway: { accountId } } }),
    models: await db.model.count({ where: { provider: { gateway: { accountId } } } }),
    tokens: await db.authenticationToken.count({ where: { accountId } }),
    auditEvents: await db.auditEvent.count({ where: { accountId, action: { not: 'user.signed_in' } } }),
  };
  expect(made).toEqual({ gateways: 1, providers: 1, models: 2, tokens: 0, auditEvents: 0 });
}

test('a name that cannot be is refused at its field, and one that is taken ignores case', async ({
  page,
  tenant,
  data,
}) => {
  const pages = gatewayPages(page);
  await page.goto('/gateways/new');
  for (const [name, problem] of [
    ['', 'Enter a name.'],
    ['abcd', 'at least 5 characters'],
    ['a'.repeat(51), 'at most 50 characters'],
    ['with space', 'only letters without accents'],
    ['DEMO-gateway', 'There is a gateway with this name already'],
  ] as const) {
    await pages.nameField.fill(name);
    await pages.createButton.click();
    await expect(pages.nameField).toHaveAccessibleDescription(new RegExp(problem));
    await expect(pages.nameField).toBeFocused();
    await expect(pages.nameField).toHaveValue(name);
  }
  await expectNothingMade(data, tenant);
});

test('what is wrong with a provider is said at its field, nothing is made, and nothing typed is lost', async ({
  page,
  tenant,
  data,
}) => {
  const pages = gatewayPages(page);
  await page.goto('/gateways/new');
  await pages.nameField.fill('half-made');
  await pages.addProvider('DeepSeek');
  const deepseek = pages.provider('DeepSeek');
  await pages.createButton.click();
  await expect(deepseek.getByLabel('API key')).toHaveAccessibleDescription(/Enter the provider's API key/);
  await expect(deepseek.getByLabel('API key')).toBeFocused();
  await expect(deepseek.getByLabel('API models')).toHaveAccessibleDescription(/at least one model/);
  await deepseek.getByRole('checkbox').first().check();
  await deepseek.getByLabel('API key').fill('sk-typed-key');
  await pages.addProvider('OpenAI-compatible');
  const custom = pages.provider('OpenAI-compatible');
  // Left typed, it is taken when the form is sent.
  await custom.getByLabel('API models').fill('llama');
  for (const [endpoint, problem] of [
    ['', "Enter the endpoint's address"],
    ['nonsense', 'without user name, query or fragment'],
    ['http://example.com', 'must begin with https'],
    ['https://10.0.0.1/v1', 'This address is private'],
    ['https://[::ffff:127.0.0.1]/v1', 'This address is private'],
    ['https://2130706433/', 'This address is private'],
  ] as const) {
    await custom.getByRole('textbox', { name: 'Endpoint' }).fill(endpoint);
    await pages.createButton.click();
    await expect(custom.getByRole('textbox', { name: 'Endpoint' })).toHaveAccessibleDescription(new RegExp(problem));
  }
  await expect(deepseek.getByLabel('API key')).toHaveValue('sk-typed-key');
  await expect(page.getByText('Some fields need another look.')).toBeVisible();
  await expectNothingMade(data, tenant);
  // What is left is as it was typed, and can be put right.
  await custom.getByRole('button', { name: 'Remove OpenAI-compatible' }).click();
  await pages.createButton.click();
  await expect(pages.createdDialog).toContainText('half-made');
});

test('a call that no form would send is answered with the fields that are wrong, and makes nothing', async ({
  page,
  tenant,
  product,
  data,
}) => {
  const pages = gatewayPages(page);
  await page.goto('/gateways/new');
  await pages.nameField.fill('planted-name');
  await pages.addProvider('DeepSeek');
  await pages.provider('DeepSeek').getByLabel('API key').fill('sk-typed-key');
  await pages.provider('DeepSeek').getByRole('checkbox').first().check();
  const call = await interceptAction(page, () => pages.createButton.click());
  const [input] = JSON.parse(call.body);
  const [provider] = input.providers;
  const cases: [object, string][] = [
    [{ name: 'abcd' }, '"nameProblem":"nameTooShort"'],
    [{ name: 'a'.repeat(51) }, '"nameProblem":"nameTooLong"'],
    [{ name: 'Demo-Gateway' }, '"code":"nameTaken"'],
    [{ name: { not: '' } }, '"nameProblem":"nameRequired"'],
    [{ providers: [provider, provider] }, '{"index":1,"field":"kind","message":"providerTwice"}'],
    [{ providers: [{ ...provider, key: '' }] }, '{"index":0,"field":"key","message":"keyRequired"}'],
    [{ providers: [{ ...provider, key: 'sk-a\nx: 1' }] }, '{"index":0,"field":"key","message":"keyCharacters"}'],
    [{ providers: [{ ...provider, kind: '__proto__' }] }, '{"index":0,"field":"kind","message":"kindUnknown"}'],
    [{ providers: [{ ...provider, models: ['a/../b'] }] }, '{"index":0,"field":"models","message":"modelCharacters"}'],
    [{ providers: 'x' }, '"code":"invalid"'],
  ];
  for (const [change, expected] of cases) {
    const body = JSON.stringify([{ ...input, ...change }]);
    const answer = await sendAction(page, { ...call, body }, product.origin);
    expect([expected, answer.status()]).toEqual([expected, 200]);
    expect(await answer.text()).toContain(expected);
  }
  await expectNothingMade(data, tenant);
});

test('leaving with something typed asks, by link and by going back; with nothing typed it does not', async ({
  page,
}) => {
  const pages = gatewayPages(page);
  await page.goto('/gateways');
  await page.getByRole('link', { name: 'Create an AI Gateway' }).click();
  await pages.nameField.fill('typed-name');
  for (const leave of [
    () => page.getByRole('link', { name: 'Cancel' }).click(),
    () => page.getByRole('link', { name: 'Model Provider' }).click(),
    () => page.evaluate(() => history.back()),
  ]) {
    await leave();
    await expect(pages.question).toContainText('Leave without saving?');
    await pages.question.getByRole('button', { name: 'Go back' }).click();
    await expect(pages.nameField).toHaveValue('typed-name');
  }
  await page.getByRole('link', { name: 'Cancel' }).click();
  await pages.question.getByRole('button', { name: 'Leave' }).click();
  await expect(page).toHaveURL('/gateways');
  await page.getByRole('link', { name: 'Create an AI Gateway' }).click();
  await page.getByRole('link', { name: 'Model Provider' }).click();
  await expect(page).toHaveURL('/model-providers');
});
