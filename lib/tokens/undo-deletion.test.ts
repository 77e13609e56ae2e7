import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Owner, openTokenOwners, type TokenOwners } from '#testing/token-owners.ts';
import { deleteTokens } from './delete-tokens.ts';
import { listDeletions } from './list-deletions.ts';
import { undoDeletion } from './undo-deletion.ts';
import { tendTokens } from './upkeep.ts';

let owners: TokenOwners;
let mine: Owner;
let theirs: Owner;
beforeAll(async () => {
  owners = await openTokenOwners();
  ({ mine, theirs } = owners);
});
afterAll(() => owners.close());

const idsOf = async (owner: Owner, count: number) => (await owners.addTokens(owner, count)).map(({ id }) => id);

async function removed({ session, gatewayId }: Owner, ids: string[]): Promise<string> {
  const result = await deleteTokens(owners.db, session, { gatewayId, ids });
  if (!result.ok) throw new Error(result.code);
  return result.deletionId;
}

const undo = ({ session, gatewayId }: Owner, deletionId: string) =>
  undoDeletion(owners.db, session, { gatewayId, deletionId });

/** As if ten minutes had passed. */
const age = (deletionId: string) =>
  owners.db.deletedToken.updateMany({ where: { deletionId }, data: { deletedAt: new Date(Date.now() - 600_001) } });

test('restores exactly what was deleted', async () => {
  const ids = await idsOf(mine, 2);
  const [first] = ids;
  if (!first) throw new Error('two tokens were added');
  await owners.db.authenticationToken.update({
    where: { id: first },
    data: { status: 'DISABLED', expiresAt: new Date(Date.now() + 60_000), lastUsedAt: new Date(), lastUsedFrom: 'x' },
  });
  const before = await Promise.all(ids.map(owners.read));
  const deletionId = await removed(mine, ids);
  expect(await undo(mine, deletionId)).toEqual({ ok: true, restored: 2, nameTaken: [] });
  expect(await Promise.all(ids.map(owners.read))).toEqual(before);
  expect(await owners.db.deletedToken.count({ where: { deletionId } })).toBe(0);
  expect(await owners.auditOf('token.restored', { subjectId: first })).toHaveLength(1);
  expect(await undo(mine, deletionId)).toEqual({ ok: false, code: 'deletionNotFound' });
});

test("another account's deletion, and one in another gateway, are not there", async () => {
  const deletionId = await removed(theirs, await idsOf(theirs, 1));
  expect(await undo(mine, deletionId)).toMatchObject({ ok: false });
  expect(await undo({ ...mine, gatewayId: theirs.gatewayId }, deletionId)).toMatchObject({ ok: false });
  expect(await undo(theirs, deletionId)).toMatchObject({ ok: true, restored: 1 });
});

test('a name that was given away meanwhile is named; its token comes back once the name is free', async () => {
  const tokens = await owners.addTokens(mine, 2);
  const deletionId = await removed(
    mine,
    tokens.map(({ id }) => id),
  );
  const [taken = '', free = ''] = tokens.map(({ name }) => name);
  const made = await owners.create(mine, [taken.toUpperCase()]);
  if (!made.ok) throw new Error(made.code);
  expect(await undo(mine, deletionId)).toEqual({ ok: true, restored: 1, nameTaken: [taken] });
  expect(await owners.db.authenticationToken.count({ where: { name: free } })).toBe(1);
  await removed(
    mine,
    made.created.map(({ id }) => id),
  );
  expect(await undo(mine, deletionId)).toEqual({ ok: true, restored: 1, nameTaken: [] });
});

test('of ten undos at once, one has the effect', async () => {
  const [id = ''] = await idsOf(mine, 1);
  const deletionId = await removed(mine, [id]);
  const results = await Promise.all(Array.from({ length: 10 }, () => undo(mine, deletionId)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await owners.auditOf('token.restored', { subjectId: id })).toHaveLength(1);
});

test('after ten minutes it is over, also before the hash is erased; then nothing is left', async () => {
  const ids = await idsOf(mine, 1);
  const deletionId = await removed(mine, ids);
  const { session, gatewayId } = mine;
  const listed = () => listDeletions(owners.db, session, gatewayId);
  expect(await listed()).toContainEqual(expect.objectContaining({ deletionId, tokens: 1 }));
  await tendTokens(owners.db);
  expect(await owners.db.deletedToken.count({ where: { deletionId } })).toBe(1);
  await age(deletionId);
  expect(await undo(mine, deletionId)).toEqual({ ok: false, code: 'deletionNotFound' });
  expect(await listed()).not.toContainEqual(expect.objectContaining({ deletionId }));
  await tendTokens(owners.db);
  expect(await owners.db.deletedToken.count({ where: { deletionId } })).toBe(0);
});
