import { createServer } from 'node:http';
import { expect } from '@playwright/test';
import { listen } from '#testing/listen.ts';
import { gatewayPages } from './support/gateway-pages.ts';
import { UPSTREAM_ANSWER } from './support/product.ts';
import { addToken, test } from './support/test.ts';

const WARNING = 'Authentication is off. Anybody who knows the address can call every model of this gateway';

test('turning authentication off asks, and is warned of everywhere until it is on again', async ({
  page,
  tenant,
  data,
}) => {
  const pages = gatewayPages(page);
  const { id } = tenant.gateway;
  await page.goto(`/gateways/${id}/providers`);
  await pages.configureButton.click();
  await expect(pages.configureDialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await pages.configureDialog.getByRole('switch', { name: 'Authenticated Gateway' }).click();
  await expect(pages.configureDialog).toContainText('your provider keys pay for it');
  await pages.configureDialog.getByRole('button', { name: 'Save' }).click();
  await expect(pages.question).toContainText('Authentication is turned off.');
  await pages.question.getByRole('button', { name: 'Go back' }).click();
  expect(await data.db.gateway.count({ where: { id, authenticated: true } })).toBe(1);
  await pages.configureDialog.getByRole('button', { name: 'Save' }).click();
  await pages.question.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('The configuration of demo-gateway was saved.')).toBeVisible();

  for (const tab of ['providers', 'tokens']) {
    await page.goto(`/gateways/${id}/${tab}`);
    await expect(page.getByText(WARNING)).toBeVisible();
    await expect(page.getByText('No authentication', { exact: true })).toBeVisible();
  }
  await page.goto(`/gateways/${id}/providers`);
  await page.getByRole('button', { name: 'deepseek-chat' }).click();
  await expect(page.getByRole('dialog')).toContainText('This gateway asks for no token.');
  await page.keyboard.press('Escape');
  await page.goto('/gateways');
  await expect(page.getByRole('row', { name: 'demo-gateway' })).toContainText('No authentication');

  await page.goto(`/gateways/${id}/providers`);
  await pages.configureButton.click();
  await pages.configureDialog.getByRole('switch', { name: 'Authenticated Gateway' }).click();
  await pages.configureDialog.getByRole('button', { name: 'Save' }).click();
  await expect(pages.configureDialog).toBeHidden();
  await expect(page.getByText(WARNING)).toBeHidden();
});

test('a disabled gateway answers 404, and an enabled one as before', async ({ page, tenant, data, product }) => {
  const token = await addToken(data, tenant, 'token-user01');
  const pages = gatewayPages(page);
  const call = async () => {
    const url = `${product.origin}/gateway/${tenant.gateway.slug}/deepseek/deepseek-chat/chat/completions`;
    const headers = { authorization: `Bearer ${token.token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ messages: [{ role: 'user', content: 'What is AI?' }] });
    return (await fetch(url, { method: 'POST', headers, body })).status;
  };
  expect(await call()).toBe(200);
  await page.goto(`/gateways/${tenant.gateway.id}/tokens`);
  for (const [question, status, answer] of [
    ['The gateway is disabled.', 'DISABLED', 404],
    ['The gateway is enabled.', 'ACTIVE', 200],
  ] as const) {
    await pages.configureButton.click();
    await pages.configureDialog.getByRole('switch', { name: 'Gateway enabled' }).click();
    await pages.configureDialog.getByRole('button', { name: 'Save' }).click();
    await expect(pages.question).toContainText(question);
    await pages.question.getByRole('button', { name: 'Apply' }).click();
    await expect(pages.configureDialog).toBeHidden();
    expect(await call()).toBe(answer);
    await expect(page.getByRole('heading', { level: 1 }).locator('xpath=..')).toContainText(status);
  }
});

test('origins are listed as browsers send them, a mistake is named, and the record says which came and went', async ({
  page,
  tenant,
  data,
}) => {
  const pages = gatewayPages(page);
  const field = pages.configureDialog.getByLabel('Web pages that may call this gateway');
  const save = pages.configureDialog.getByRole('button', { name: 'Save' });
  const stored = async () =>
    (await data.db.gateway.findUniqueOrThrow({ where: { id: tenant.gateway.id } })).corsOrigins;
  await page.goto(`/gateways/${tenant.gateway.id}/providers`);
  await pages.configureButton.click();
  await field.fill('https://App.Example.com/\nhttps://*.example.com');
  await save.click();
  await expect(field).toHaveAccessibleDescription(/https:\/\/\*\.example\.com: names with \* are not possible/);
  await expect(field).toBeFocused();
  expect(await stored()).toEqual([]);
  await field.fill('https://App.Example.com/\nhttps://bücher.example');
  await save.click();
  await expect(pages.configureDialog).toBeHidden();
  expect(await stored()).toEqual(['https://app.example.com', 'https://xn--bcher-kva.example']);

  await page.reload();
  await pages.configureButton.click();
  await expect(field).toHaveValue('https://app.example.com\nhttps://xn--bcher-kva.example');
  await expect(save).toBeDisabled();
  await field.fill('https://app.example.com\n*');
  await expect(pages.configureDialog).toContainText('* lets every website call this gateway');
  await save.click();
  await expect(pages.configureDialog).toBeHidden();
  await page.goto('/audit');
  await expect(page.getByRole('row', { name: 'Web origin removed' })).toContainText('https://xn--bcher-kva.example');
  await expect(page.getByRole('row', { name: 'Web origin allowed' })).toContainText([
    '*',
    'https://xn--bcher-kva.example',
    'https://app.example.com',
  ]);
});

test('a page reads what a gateway answers as long as its origin is listed, and why it was refused', async ({
  page,
  context,
  tenant,
  data,
  product,
}) => {
  const { token } = await addToken(data, tenant, 'token-of-a-page');
  const { port, close } = await listen(
    createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<title>App</title>')),
  );
  const app = await context.newPage();
  await app.goto(`http://127.0.0.1:${port}`);
  const url = `${product.origin}/gateway/${tenant.gateway.slug}/v1/chat/completions`;
  /** What the page's script sees; null: a network error. */
  const call = (sent: string) =>
    app.evaluate(
      async ({ url, sent }) => {
        const headers = { authorization: `Bearer ${sent}`, 'content-type': 'application/json' };
        const messages = [{ role: 'user', content: 'What is AI?' }];
        const body = JSON.stringify({ model: 'deepseek/deepseek-chat', messages });
        const response = await fetch(url, { method: 'POST', headers, body }).catch(() => null);
        if (!response) return null;
        const text = await response.text();
        return { status: response.status, id: response.headers.get('x-latchkey-request-id'), text };
      },
      { url, sent },
    );
  expect(await call(token)).toBeNull();

  const pages = gatewayPages(page);
  const list = async (origins: string) => {
    await pages.configureButton.click();
    await pages.configureDialog.getByLabel('Web pages that may call this gateway').fill(origins);
    await pages.configureDialog.getByRole('button', { name: 'Save' }).click();
    await expect(pages.configureDialog).toBeHidden();
  };
  await page.goto(`/gateways/${tenant.gateway.id}/providers`);
  await list(`http://127.0.0.1:${port}`);
  expect(await call(token)).toMatchObject({
    status: 200,
    id: expect.stringMatching(/./),
    text: expect.stringContaining(UPSTREAM_ANSWER),
  });
  expect(await call('lk_unknown')).toMatchObject({
    status: 401,
    text: expect.stringContaining('Invalid authentication token.'),
  });
  await list('https://another.example');
  expect(await call(token)).toBeNull();
  await app.close();
  await close();
});

test("a page that the provider of an open gateway sends runs no script on the console's origin", async ({
  page,
  stranger,
  data,
}) => {
  await data.db.gateway.update({ where: { id: stranger.gateway.id }, data: { authenticated: false } });
  await data.settle();
  await page.goto(`/gateway/${stranger.gateway.slug}/deepseek/deepseek-chat/page`);
  await expect(page).toHaveTitle('As sent');
  expect(await page.evaluate(() => self.origin)).toBe('null');
});
