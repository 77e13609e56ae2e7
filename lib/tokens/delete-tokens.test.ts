import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Owner, openTokenOwners, type TokenOwners } from '#testing/token-owners.ts';
import { deleteTokens } from './delete-tokens.ts';

let owners: TokenOwners;
let mine: Owner;
let theirs: Owner;
beforeAll(async () => {
  owners = await openTokenOwners();
  ({ mine, theirs } = owners);
});
afterAll(() => owners.close());

const idsOf = async (owner: Owner, count: number) => (await owners.addTokens(owner, count)).map(({ id }) => id);

const remove = ({ session, gatewayId }: Owner, ids: string[]) => deleteTokens(owners.db, session, { gatewayId, ids });

test('deletes all that are named, with one audit row each', async () => {
  const tokens = await owners.addTokens(mine, 3);
  const [first, second, kept] = tokens.map(({ id }) => id);
  if (!first || !second || !kept) throw new Error('three tokens were added');
  expect(await remove(mine, [second, first, second])).toMatchObject({ ok: true, deleted: 2 });
  expect(await owners.existing([first, second])).toBe(0);
  expect(await owners.existing([kept])).toBe(1);
  for (const { id, name } of tokens.slice(0, 2)) {
    expect(await owners.auditOf('token.deleted', { subjectId: id })).toMatchObject([{ subjectName: name }]);
  }
});

test("with another account's id among them none is deleted, and the answer names it", async () => {
  const own = await idsOf(mine, 2);
  const foreign = await idsOf(theirs, 1);
  const missing = { ok: false, code: 'tokensNotFound', missingIds: foreign };
  expect(await remove(mine, [...own, ...foreign])).toEqual(missing);
  expect(await owners.existing([...own, ...foreign])).toBe(3);
  expect(await owners.auditOf('token.deleted', { subjectId: own[0] })).toEqual([]);
});

test('an unknown id, and one of another gateway of the same account, are as foreign', async () => {
  const own = await idsOf(mine, 1);
  const { accountId } = mine.session;
  const other = await owners.fixtures.addGateway(accountId, 'other-gateway');
  const { id: elsewhere } = await owners.fixtures.addToken({ accountId, gatewayId: other.id });
  const missingIds = [elsewhere, randomUUID()];
  expect(await remove(mine, [...own, ...missingIds])).toMatchObject({ ok: false, missingIds });
  expect(await owners.existing([...own, elsewhere])).toBe(2);
});

test("an account cannot delete by naming another account's gateway", async () => {
  const ids = await idsOf(theirs, 1);
  expect(await remove({ ...mine, gatewayId: theirs.gatewayId }, ids)).toMatchObject({ ok: false });
  expect(await owners.existing(ids)).toBe(1);
});

test('of 50 deletions of one token at once, one has the effect, and there is one audit row', async () => {
  const ids = await idsOf(mine, 1);
  const results = await Promise.all(Array.from({ length: 50 }, () => remove(mine, ids)));
  expect(results.filter((result) => result.ok)).toMatchObject([{ ok: true, deleted: 1 }]);
  expect(results.filter((result) => !result.ok && result.code === 'tokensNotFound')).toHaveLength(49);
  expect(await owners.auditOf('token.deleted', { subjectId: ids[0] })).toHaveLength(1);
});

test('deletions that overlap in opposite order both end', async () => {
  const ids = await idsOf(mine, 40);
  const results = await Promise.all([remove(mine, ids), remove(mine, ids.toReversed())]);
  expect(results.filter((result) => result.ok)).toMatchObject([{ ok: true, deleted: 40 }]);
});
