import { expect, type Page } from '@playwright/test';
import { generateToken } from '#lib/tokens/secret.ts';
import { openClient } from './support/client-app.ts';
import { UPSTREAM_ANSWER } from './support/product.ts';
import { addToken, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const popup = (page: Page) => page.getByRole('dialog', { name: 'Whose token is this?' });

async function paste(page: Page, text: string) {
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
  await page.getByRole('textbox', { name: 'Search tokens by name' }).focus();
  await page.keyboard.press('ControlOrMeta+v');
}

for (const withSubtle of [true, false]) {
  test(`a pasted token is found in any gateway of the account, and never sent (WebCrypto: ${withSubtle})`, async ({
    page,
    tenant,
    data,
    product,
  }) => {
    if (!withSubtle) {
      await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined, configurable: true }));
    }
    const sibling = await data.addGateway(tenant.accountId, 'sibling');
    const { token } = await data.addToken({ accountId: tenant.accountId, gatewayId: sibling.id, name: 'ci-pipeline' });
    const own = await addToken(data, tenant, 'token-user01');
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')));
    const tab = tokensTab(page);
    await tab.open(tenant);
    await paste(page, `Authorization: Bearer ${token}`);
    await expect(popup(page)).toContainText('ci-pipeline');
    await expect(popup(page)).toContainText('sibling');
    await expect(page.getByRole('textbox', { name: 'Search tokens by name', includeHidden: true })).toHaveValue('');
    await popup(page).getByRole('link', { name: 'Show it' }).click();
    await expect(page).toHaveURL(new RegExp(`${sibling.id}/tokens\\?q=ci-pipeline$`));
    await expect.poll(tab.names).toEqual(['ci-pipeline']);
    expect(sent.filter((text) => text.includes(token.slice(5, 20)))).toEqual([]);
    expect(await openClient(product.origin, tenant, own.token).ask()).toBe(UPSTREAM_ANSWER);
  });
}

test('a token that is deleted, mistyped or a stranger’s is said to be so', async ({ page, tenant, stranger, data }) => {
  const own = await addToken(data, tenant, 'token-user01');
  const foreign = await addToken(data, stranger, 'foreign-name');
  const token = own.token;
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.row('token-user01').getByRole('button', { name: 'Delete token-user01' }).click();
  await tab.deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Token token-user01 was deleted.')).toBeVisible();
  for (const [text, words] of [
    [token, 'It was deleted in the last 10 minutes'],
    [token.slice(0, -1) + (token.endsWith('a') ? 'b' : 'a'), 'its checksum is wrong'],
    [foreign.token, 'No AI Gateway of this account accepts it.'],
    [generateToken(), 'No AI Gateway of this account accepts it.'],
  ] as const) {
    await paste(page, text);
    await expect(popup(page)).toContainText(words);
    await expect(popup(page)).not.toContainText('foreign-name');
    await page.keyboard.press('Escape');
    await expect(popup(page)).toHaveCount(0);
  }
});
