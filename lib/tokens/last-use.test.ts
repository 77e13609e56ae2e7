import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTokenOwners, type TokenOwners } from '#testing/token-owners.ts';
import { setTokenStatus } from './change-tokens.ts';
import { countUnused } from './count-tokens.ts';
import { deleteTokens } from './delete-tokens.ts';
import { previewDeletion } from './preview-deletion.ts';
import { listTokens } from './queries.ts';
import { readLastUses } from './read-last-uses.ts';
import { tokenQuerySchema } from './schema.ts';

const DAY_MS = 86_400_000;
const ago = (ms: number) => new Date(Date.now() - ms);

let owners: TokenOwners;
beforeAll(async () => {
  owners = await openTokenOwners();
});
afterAll(() => owners.close());

/** A gateway with one token for each kind of use. */
async function addUsedTokens() {
  const { session } = owners.mine;
  const gateway = await owners.fixtures.addGateway(session.accountId, `used-${randomUUID().slice(0, 8)}`);
  const add = async (name: string, data: { createdAt?: Date; lastUsedAt?: Date; lastUsedFrom?: string }) => {
    const { id } = await owners.fixtures.addToken({ accountId: session.accountId, gatewayId: gateway.id, name });
    await owners.db.authenticationToken.update({ where: { id }, data });
    return id;
  };
  const old = ago(200 * DAY_MS);
  return {
    gatewayId: gateway.id,
    now: await add('now', { createdAt: old, lastUsedAt: ago(60_000), lastUsedFrom: '203.0.113.0/24' }),
    month: await add('month', { createdAt: old, lastUsedAt: ago(40 * DAY_MS) }),
    quarter: await add('quarter', { createdAt: old, lastUsedAt: ago(100 * DAY_MS) }),
    neverOld: await add('never-old', { createdAt: old }),
    neverNew: await add('never-new', {}),
  };
}

const names = async (gatewayId: string, query: Record<string, string>) =>
  (await listTokens(owners.db, owners.mine.session, gatewayId, tokenQuerySchema.parse(query))).rows.map(
    ({ name }) => name,
  );

test('filters know what is not used; what was made a moment ago has not been unused for a month', async () => {
  const { gatewayId } = await addUsedTokens();
  const sort = { sort: 'name', order: 'asc' };
  expect(await names(gatewayId, { ...sort, unused: '30' })).toEqual(['month', 'never-old', 'quarter']);
  expect(await names(gatewayId, { ...sort, unused: '90' })).toEqual(['never-old', 'quarter']);
  expect(await names(gatewayId, { ...sort, unused: 'never' })).toEqual(['never-new', 'never-old']);
  expect(await names(gatewayId, { unused: '30', q: 'NEVER' })).toEqual(['never-old']);
  const { session } = owners.mine;
  expect(await countUnused(owners.db, session, gatewayId, '90')).toBe(2);
  expect(await countUnused(owners.db, owners.theirs.session, gatewayId, '90')).toBe(0);
});

test('sorted by last use, never used comes before used long ago', async () => {
  const { gatewayId } = await addUsedTokens();
  const ascending = ['never-old', 'never-new', 'quarter', 'month', 'now'];
  expect(await names(gatewayId, { sort: 'lastUsedAt', order: 'asc' })).toEqual(ascending);
  expect(await names(gatewayId, { sort: 'lastUsedAt', order: 'desc' })).toEqual(ascending.toReversed());
});

test('the status filter and its count follow each change', async () => {
  const { gatewayId, now, month } = await addUsedTokens();
  const { session } = owners.mine;
  const count = async (status: string) =>
    (await listTokens(owners.db, session, gatewayId, tokenQuerySchema.parse({ status }))).total;
  expect([await count('ACTIVE'), await count('DISABLED'), await count('EXPIRED')]).toEqual([5, 0, 0]);
  await setTokenStatus(owners.db, session, { gatewayId, ids: [now, month], status: 'DISABLED' });
  expect([await count('ACTIVE'), await count('DISABLED')]).toEqual([3, 2]);
  expect(await names(gatewayId, { status: 'DISABLED' })).toHaveLength(2);
  await owners.db.authenticationToken.update({ where: { id: now }, data: { expiresAt: new Date(0) } });
  await deleteTokens(owners.db, session, { gatewayId, ids: [month] });
  expect([await count('ACTIVE'), await count('DISABLED'), await count('EXPIRED'), await count('')]).toEqual([
    3, 0, 1, 4,
  ]);
});

test('a row tells when, from where and how often in a day it was used, and who made it', async () => {
  const { gatewayId, now } = await addUsedTokens();
  const { session } = owners.mine;
  await owners.db.authenticationToken.update({ where: { id: now }, data: { createdBy: session.userId } });
  for (const [hours, requests] of [
    [1, 5n],
    [20, 7n],
    [26, 1_000n],
  ] as const) {
    await owners.db.tokenRequests.create({ data: { tokenId: now, hour: ago(hours * 3_600_000), requests } });
  }
  const { rows } = await listTokens(owners.db, session, gatewayId, tokenQuerySchema.parse({ q: 'now' }));
  const row = { createdBy: 'mine@example.com', lastUsedFrom: '203.0.113.0/24', requests: 12 };
  expect(rows).toMatchObject([row]);
  expect(await readLastUses(owners.db, session, { gatewayId, ids: [now] })).toEqual([
    { id: now, lastUsedAt: rows[0]?.lastUsedAt, lastUsedFrom: '203.0.113.0/24' },
  ]);
  expect(await readLastUses(owners.db, owners.theirs.session, { gatewayId, ids: [now] })).toEqual([]);
});

test('before a deletion it is known which of the chosen were used in the last hour', async () => {
  const { gatewayId, now, month, neverNew } = await addUsedTokens();
  const chosen = { gatewayId, ids: [now, month, neverNew] };
  expect(await previewDeletion(owners.db, owners.mine.session, chosen)).toMatchObject({
    tokens: 3,
    usedLastHour: { tokens: 1, latest: [{ id: now, name: 'now' }] },
  });
  const foreign = await previewDeletion(owners.db, owners.theirs.session, chosen);
  expect(foreign).toMatchObject({ tokens: 0, usedLastHour: { tokens: 0, latest: [] } });
});
