import { expect } from '@playwright/test';
import OpenAI from 'openai';
import { UPSTREAM_ANSWER } from './support/product.ts';
import { addTokens, type Tenant, test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const MESSAGES = [{ role: 'user' as const, content: 'What is AI?' }];

/** A client app, as its author writes it: the official client, with the gateway's address and a token. */
function openClient(origin: string, { gateway }: Tenant, token: string) {
  const client = new OpenAI({
    apiKey: token,
    baseURL: `${origin}/gateway/${gateway.slug}/deepseek/deepseek-chat`,
    maxRetries: 0,
  });
  return {
    async ask() {
      const answer = await client.chat.completions.create({ model: 'deepseek-chat', messages: MESSAGES });
      return answer.choices[0]?.message.content;
    },
    async askStreaming() {
      const stream = await client.chat.completions.create({ model: 'deepseek-chat', messages: MESSAGES, stream: true });
      let text = '';
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
      return text;
    },
  };
}

type Client = ReturnType<typeof openClient>;

async function expectRefused({ ask, askStreaming }: Client) {
  for (const call of [ask, askStreaming]) {
    const error = await call().catch((thrown: unknown) => thrown);
    if (!(error instanceof OpenAI.APIError)) throw new Error(`not refused: ${error}`);
    expect(error.status).toBe(401);
    expect(error.error).toMatchObject({ message: 'Invalid authentication token.' });
    expect(error.headers?.get('x-latchkey-error')).toBe('invalid_authentication_token');
  }
}

test('a token calls the model until it is deleted, and nothing can be called with it afterwards', async ({
  page,
  product,
  tenant,
  data,
}) => {
  const [older] = await addTokens(data, tenant, ['token-user01']);
  if (!older) throw new Error('one token was added');
  const tab = tokensTab(page);
  await tab.open(tenant);
  const token = await tab.create('token-user02');
  expect(token).toMatch(/^lk_[0-9A-Za-z]{49}$/);
  await expect(tab.row('token-user02')).toContainText(/\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d/);
  await expect(tab.row('token-user02')).toContainText('ACTIVE');

  const clients = [token, older.token].map((secret) => openClient(product.origin, tenant, secret));
  for (const client of clients) {
    expect(await client.ask()).toBe(UPSTREAM_ANSWER);
    expect(await client.askStreaming()).toBe(UPSTREAM_ANSWER);
  }

  await tab.tick('token-user01');
  await tab.tick('token-user02');
  await tab.deleteButton.click();
  await expect(tab.deleteDialog).toContainText('Delete 2 authentication tokens?');
  await expect(tab.deleteDialog.getByRole('listitem')).toHaveText(['token-user01', 'token-user02']);
  await tab.deleteDialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('2 tokens were deleted.')).toBeVisible();
  await expect(page.getByText('No authentication token yet')).toBeVisible();
  for (const client of clients) await expectRefused(client);
});

test('a token of another gateway is refused as if it did not exist', async ({ data, product, tenant, stranger }) => {
  const sibling = await data.addGateway(tenant.accountId, 'sibling');
  const ofSibling = await data.addToken({ accountId: tenant.accountId, gatewayId: sibling.id });
  const [ofStranger] = await addTokens(data, stranger, ['token-user01']);
  for (const { token } of [ofSibling, ofStranger ?? ofSibling]) {
    await expectRefused(openClient(product.origin, tenant, token));
  }
});
