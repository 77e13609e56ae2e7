import { randomUUID } from 'node:crypto';
import { test as base, type Page } from '@playwright/test';
import { z } from 'zod';
import { TIME_ZONE_COOKIE } from '#lib/i18n/locales.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';

const productSchema = z.object({
  origin: z.string(),
  databaseUrl: z.string(),
  upstreamUrl: z.string(),
  logFile: z.string(),
});

export const PASSWORD = 'correct horse battery';

/** An account of the journey's own, with an admin and a gateway that has one provider. */
export type Tenant = {
  accountId: number;
  userId: string;
  email: string;
  gateway: { id: string; name: string; slug: string };
};

type TestFixtures = {
  tenant: Tenant;
  /** A second account, whose rows the first must never see. */
  stranger: Tenant;
  /** Signed in as the tenant's admin. */
  page: Page;
};

type WorkerFixtures = { product: z.infer<typeof productSchema>; data: Fixtures };

export const test = base.extend<TestFixtures, WorkerFixtures>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
    async ({}, use) => use(productSchema.parse(JSON.parse(process.env.LATCHKEY_PRODUCT ?? 'null'))),
    { scope: 'worker' },
  ],
  data: [
    async ({ product }, use) => {
      const data = openFixtures(product.databaseUrl);
      await use(data);
      await data.close();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ product }, use) => use(product.origin),
  tenant: async ({ data, product }, use) => use(await addTenant(data, product.upstreamUrl)),
  stranger: async ({ data, product }, use) => use(await addTenant(data, product.upstreamUrl)),
  page: async ({ page, tenant, product, context }, use) => {
    // The sign-in page tells the server the zone as the browser names it. Without, the first page loads twice.
    const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
    await context.addCookies([{ name: TIME_ZONE_COOKIE, value: zone, url: product.origin }]);
    await signIn(page, product.origin, tenant.email);
    await use(page);
  },
});

/** As `test`, but nobody is signed in. */
export const signedOutTest = test.extend({ page: async ({ context }, use) => use(await context.newPage()) });

async function addTenant(data: Fixtures, upstreamUrl: string): Promise<Tenant> {
  const { id: accountId } = await data.addAccount();
  const email = `${randomUUID()}@example.com`;
  const user = await data.addUser(accountId, email, PASSWORD);
  const gateway = await data.addGateway(accountId, 'demo-gateway');
  const models = ['deepseek-chat', 'deepseek-reasoner'];
  await data.addProvider({ gatewayId: gateway.id, kind: 'deepseek', baseUrl: upstreamUrl, key: 'sk-upstream', models });
  return { accountId, userId: user.id, email, gateway };
}

/** Signs in by the requests that the form sends; the form itself has journeys of its own. */
export async function signIn(page: Page, origin: string, email: string): Promise<void> {
  const csrf = await page.request.get(`${origin}/api/auth/csrf`);
  const answer = await page.request.post(`${origin}/api/auth/callback/credentials`, {
    headers: { origin },
    form: { ...(await csrf.json()), email, password: PASSWORD, json: 'true' },
  });
  if (!answer.ok()) throw new Error(`signing in answered ${answer.status()}`);
}

/** Adds tokens with these names, oldest first, and returns them with their secrets. */
export async function addTokens(data: Fixtures, tenant: Tenant, names: string[]) {
  const tokens = [];
  for (const name of names) tokens.push(await addToken(data, tenant, name));
  return tokens;
}

/** Adds one token; returns it with its secret. */
export function addToken(data: Fixtures, { accountId, gateway }: Tenant, name: string) {
  return data.addToken({ accountId, gatewayId: gateway.id, name });
}
