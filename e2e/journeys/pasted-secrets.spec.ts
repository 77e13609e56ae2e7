import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { generateToken } from '#lib/tokens/secret.ts';
import { gatewayPages } from './support/gateway-pages.ts';
import { addToken, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

const ours = generateToken();
/** Put together here, so that no scanner of repositories takes them for real. */
const key = (beginning: string) => `${beginning}3fK9xQ2mV7bN4cT8wR1yZ6pL0sD5gH`;
const SECRETS = [
  ...[ours.slice(0, -1), `${ours}x`, ours.slice(0, 20), `${ours.slice(0, 30)} ${ours.slice(30)}`],
  ...['sk-', 'sk-proj-', 'sk-ant-api03-', 'sk-or-v1-', 'sk_live_', 'rk_test_', 'AIzaSy', 'GOCSPX-', 'ya29.'].map(key),
  ...['hf_', 'gsk_', 'r8_', 'xai-', 'pplx-', 'nvapi-', 'ghp_', 'github_pat_', 'glpat-', 'npm_', 'pypi-'].map(key),
  ...['AKIA2E0A8F3B244C9986', `xoxb-123456789012-${ours.slice(3, 20)}`, key('SG.'), key('whsec_'), key('dckr_pat_')],
  ...[`eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${ours.slice(3, 30)}`, '9c2f0b6d4e8a13579bdf02468ace1357'],
];

/** What of a secret is nowhere else. */
const traceOf = (secret: string) => secret.replace(/\s/g, '').slice(-12);

/** All that leaves the browser. */
function listen(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) =>
    sent.push(`${request.url()} ${request.headers().referer ?? ''} ${request.postData()}`),
  );
  return sent;
}

test('a secret that is pasted into a search stays in the browser, in every table', async ({
  page,
  tenant,
  data,
  product,
}) => {
  expect(SECRETS.length).toBeGreaterThan(30);
  await addToken(data, tenant, 'token-user01');
  const sent = listen(page);
  for (const path of ['/gateways', `/gateways/${tenant.gateway.id}/tokens`, '/audit']) {
    await page.goto(path);
    const field = page.getByRole('searchbox').or(page.locator('input[name=q]')).first();
    for (const secret of SECRETS) {
      await field.fill(secret);
      await field.press('Enter');
      await expect(page.getByRole('alert').filter({ hasText: 'This looks like a secret' })).toBeVisible();
      await expect(field).toHaveValue('');
      await expect(field).toBeFocused();
      await field.fill('another');
      await expect(page.getByRole('alert').filter({ hasText: 'This looks like a secret' })).toBeHidden();
      await field.fill('');
    }
    expect(new URL(page.url()).search).toBe('');
  }
  const log = await readFile(product.logFile, 'utf8');
  for (const secret of SECRETS) {
    const trace = traceOf(secret);
    expect(sent.filter((text) => text.includes(trace))).toEqual([]);
    expect(log).not.toContain(trace);
  }
});

test('a secret as a name, an origin, a header, a model or an address is refused with the reason, and in no row', async ({
  page,
  tenant,
  data,
}) => {
  const tab = tokensTab(page);
  const pages = gatewayPages(page);
  const secret = key('sk-proj-');
  const { id } = tenant.gateway;
  await page.goto(`/gateways/${id}/tokens`);
  await tab.createButton.click();
  for (const name of SECRETS) {
    await tab.nameField.fill(name);
    await tab.createDialog.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(tab.createDialog).toContainText('This looks like a secret, not like a name.');
  }
  await page.goto('/gateways/new');
  for (const name of [key('sk-'), key('ghp_')]) {
    await pages.nameField.fill(name);
    await pages.nameField.blur();
    await page.getByRole('button', { name: 'Create an AI Gateway' }).click();
    await expect(page.getByText('This looks like a secret, not like a name.')).toBeVisible();
  }

  await page.goto(`/gateways/${id}/providers`);
  await pages.configureButton.click();
  await pages.configureDialog.getByLabel('Web pages that may call this gateway').fill(`https://${secret}.example`);
  await pages.configureDialog.getByRole('button', { name: 'Save' }).click();
  await expect(pages.configureDialog).toContainText('One entry looks like a secret');
  await page.reload();

  await pages.manageButton.click();
  await pages.addProvider('OpenAI-compatible');
  const fields = pages.manageDialog.getByRole('region', { name: 'OpenAI-compatible' });
  const refusal = fields.getByText('This looks like a secret. A key goes into the field for the key.');
  await fields.getByLabel('API models').fill(secret);
  await fields.getByLabel('API models').press('Enter');
  await expect(refusal).toHaveCount(1);
  await fields.getByLabel('API models').fill('llama');
  await fields.getByLabel('API models').press('Enter');
  await fields.getByRole('textbox', { name: 'Endpoint' }).fill(`https://llm.example.com/${secret}`);
  await fields.getByRole('textbox', { name: 'Header name' }).fill(secret);
  await pages.manageDialog.getByRole('button', { name: 'Save' }).click();
  await expect(refusal).toHaveCount(2);

  const dump = JSON.stringify([
    await data.db.authenticationToken.findMany({ select: { name: true } }),
    await data.db.gateway.findMany(),
    await data.db.model.findMany(),
    await data.db.provider.findMany({ select: { baseUrl: true, headerName: true } }),
    await data.db.auditEvent.findMany(),
  ]);
  for (const text of [...SECRETS, secret]) expect(dump).not.toContain(traceOf(text));
});
