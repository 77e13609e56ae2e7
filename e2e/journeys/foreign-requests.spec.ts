import { randomUUID } from 'node:crypto';
import { type Browser, expect, type Page } from '@playwright/test';
import { type ActionCall, sendAction } from './support/action-call.ts';
import { catchCreation, catchDeletion, catchGatewayCalls } from './support/caught-calls.ts';
import { addToken, addTokens, test } from './support/test.ts';

async function openSignedOut(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

test("another account's gateway, an unknown one and a malformed id are not found", async ({ page, stranger, data }) => {
  await addTokens(data, stranger, ['planted-token']);
  for (const id of [stranger.gateway.id, randomUUID(), 'not-a-uuid', '%00', "'"]) {
    for (const path of [`/gateways/${id}`, `/gateways/${id}/providers`, `/gateways/${id}/tokens`]) {
      const answer = await page.request.get(path);
      expect([path, answer.status()]).toEqual([path, id === '%00' ? answer.status() : 404]);
      const text = await answer.text();
      expect(
        ['planted-token', stranger.gateway.slug, 'deepseek-reasoner'].filter((word) => text.includes(word)),
      ).toEqual([]);
    }
  }
  await page.goto(`/gateways/${stranger.gateway.id}/tokens`);
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
});

test("deleting another account's token among one's own deletes none, and says so", async ({
  page,
  product,
  tenant,
  stranger,
  data,
}) => {
  const own = await addTokens(data, tenant, ['token-user01', 'token-user02']);
  const foreign = await addToken(data, stranger, 'foreign');
  const call = await catchDeletion(page, tenant, ['token-user01', 'token-user02']);
  const body = call.body.replace(own[1]?.id ?? '-', foreign.id);
  expect(body).not.toBe(call.body);
  const answer = await sendAction(page, { ...call, body }, product.origin);
  expect(await answer.text()).toContain(`"code":"tokensNotFound","missingIds":["${foreign.id}"]`);
  const ids = [...own, foreign].map(({ id }) => id);
  expect(await data.db.authenticationToken.count({ where: { id: { in: ids } } })).toBe(3);
  expect(await data.db.auditEvent.count({ where: { subjectId: { in: ids } } })).toBe(0);
});

test("nothing can be made or deleted in another account's gateway", async ({
  page,
  product,
  tenant,
  stranger,
  data,
}) => {
  const foreign = await addToken(data, stranger, 'foreign');
  const own = await addToken(data, tenant, 'token-user01');
  const deletion = await catchDeletion(page, tenant, ['token-user01']);
  const creation = await catchCreation(page, tenant, 'planted');
  const aim = (call: ActionCall): ActionCall => ({
    ...call,
    body: call.body.replace(tenant.gateway.id, stranger.gateway.id).replace(own.id, foreign.id),
  });
  expect(await (await sendAction(page, aim(deletion), product.origin)).text()).toContain('"code":"tokensNotFound"');
  expect(await (await sendAction(page, aim(creation), product.origin)).text()).toContain('"code":"gatewayNotFound"');
  const where = { accountId: stranger.accountId };
  expect(await data.db.authenticationToken.findMany({ where, select: { name: true } })).toEqual([{ name: 'foreign' }]);
});

test("another account's gateway cannot be configured, checked, connected or deleted, nor by somebody signed out", async ({
  page,
  browser,
  product,
  tenant,
  stranger,
  data,
}) => {
  const calls = await catchGatewayCalls(page, tenant);
  const expected: Record<string, string> = {
    configure: '"code":"gatewayNotFound"',
    check: '"outcome":"noKey"',
    save: '"code":"gatewayNotFound"',
    remove: '"code":"gatewaysNotFound"',
  };
  const outsider = await openSignedOut(browser);
  for (const [name, call] of Object.entries(calls)) {
    const ofStranger = { ...call, body: call.body.replaceAll(tenant.gateway.id, stranger.gateway.id) };
    expect(ofStranger.body).not.toBe(call.body);
    expect(await (await sendAction(page, ofStranger, product.origin)).text()).toContain(expected[name]);
    expect(await (await sendAction(outsider, call, product.origin)).text()).toContain('sessionEnded');
    expect((await sendAction(page, call, 'https://evil.example')).status()).toBe(403);
  }
  for (const { gateway } of [tenant, stranger]) {
    const stored = await data.db.gateway.findUniqueOrThrow({
      where: { id: gateway.id },
      include: { providers: { include: { models: true } } },
    });
    expect(stored.authenticated).toBe(true);
    expect(stored.providers[0]?.models).toHaveLength(2);
  }
  const ofBoth = { accountId: { in: [tenant.accountId, stranger.accountId] }, action: { not: 'user.signed_in' } };
  expect(await data.db.auditEvent.count({ where: ofBoth })).toBe(0);
});

test('an action without a session is refused in words and changes nothing', async ({
  page,
  browser,
  product,
  tenant,
  data,
}) => {
  await addTokens(data, tenant, ['token-user01']);
  const calls = [await catchDeletion(page, tenant, ['token-user01']), await catchCreation(page, tenant, 'planted')];
  const outsider = await openSignedOut(browser);
  for (const call of calls) {
    const text = await (await sendAction(outsider, call, product.origin)).text();
    expect(text).toContain('{"ok":false,"code":"sessionEnded"}');
    expect(text).not.toContain('token-user01"');
  }
  const where = { accountId: tenant.accountId };
  expect(await data.db.authenticationToken.findMany({ where, select: { name: true } })).toEqual([
    { name: 'token-user01' },
  ]);
});
