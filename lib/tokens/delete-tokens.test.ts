import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Owner, openTokenOwners, type TokenOwners } from '#e2e/support/token-owners.ts';
import { deleteMatchingTokens } from '#lib/tokens/delete-matching-tokens.ts';
import { deleteTokens } from '#lib/tokens/delete-tokens.ts';
import { listDeletions } from '#lib/tokens/list-deletions.ts';
import { undoDeletion } from '#lib/tokens/undo-deletion.ts';
import { tendTokens } from '#lib/tokens/upkeep.ts';
import { previewMatching } from '#lib/tokens/usage-queries.ts';

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

const undo = ({ session, gatewayId }: Owner, deletionId: string) =>
  undoDeletion(owners.db, session, { gatewayId, deletionId });

async function removed(owner: Owner, ids: string[]): Promise<string> {
  const result = await remove(owner, ids);
  if (!result.ok) throw new Error(result.code);
  return result.deletionId;
}

/** As if ten minutes had passed. */
const age = (deletionId: string) =>
  owners.db.deletedToken.updateMany({ where: { deletionId }, data: { deletedAt: new Date(Date.now() - 600_001) } });

describe('deleteTokens', () => {
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
});

describe('undoDeletion', () => {
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
});

describe('deleteMatchingTokens', () => {
  const filter = (q: string) => ({ q, status: '', unused: '' }) as const;

  async function addMany(prefix: string, count: number) {
    const names = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
    for (let start = 0; start < count; start += 500) await owners.create(mine, names.slice(start, start + 500));
  }

  test('deletes in parts, until none is left that was there when they were counted, and undoes them together', async () => {
    await addMany('sweep', 2_200);
    const { session, gatewayId } = mine;
    const kept = await owners.db.authenticationToken.findFirstOrThrow({ where: { name: 'sweep-7' } });
    const chosen = { gatewayId, filter: filter('SWEEP'), exceptIds: [kept.id] };
    const preview = await previewMatching(owners.db, session, chosen);
    expect(preview).toMatchObject({ tokens: 2_199, usedLastHour: { tokens: 0 } });
    await owners.create(mine, ['sweep-later']);
    const input = { ...chosen, asOf: new Date(preview.asOf), deletionId: randomUUID() };
    const first = await deleteMatchingTokens(owners.db, session, input);
    expect(first).toMatchObject({ ok: true, deleted: 1_000, more: true, receipt: { expired: 0 } });
    expect(await deleteMatchingTokens(owners.db, session, input)).toMatchObject({ deleted: 1_000, more: true });
    expect(await deleteMatchingTokens(owners.db, session, input)).toMatchObject({ deleted: 199, more: false });
    const left = await owners.db.authenticationToken.findMany({ where: { name: { startsWith: 'sweep' } } });
    expect(left.map(({ name }) => name).sort()).toEqual(['sweep-7', 'sweep-later']);
    expect(await undo(mine, input.deletionId)).toMatchObject({ restored: 2_199 });
  });

  test('two that delete the same at once leave none, and each is deleted once', async () => {
    await addMany('twice', 1_500);
    const { session, gatewayId } = mine;
    const chosen = { gatewayId, filter: filter('twice'), exceptIds: [], asOf: new Date() };
    const sweep = async () => {
      const input = { ...chosen, deletionId: randomUUID() };
      let deleted = 0;
      for (let more = true; more; ) {
        const part = await deleteMatchingTokens(owners.db, session, input);
        deleted += part.deleted;
        more = part.more;
      }
      return deleted;
    };
    const [one, other] = await Promise.all([sweep(), sweep()]);
    expect(one + other).toBe(1_500);
    expect(await owners.db.authenticationToken.count({ where: { name: { startsWith: 'twice' } } })).toBe(0);
    const audit = { action: 'token.deleted', subjectName: { startsWith: 'twice' } };
    expect(await owners.db.auditEvent.count({ where: audit })).toBe(1_500);
  });

  test("another account's tokens never match", async () => {
    await owners.create(theirs, ['foreign-match']);
    const input = { filter: filter('foreign-match'), exceptIds: [], asOf: new Date(), deletionId: randomUUID() };
    for (const gatewayId of [mine.gatewayId, theirs.gatewayId]) {
      const result = await deleteMatchingTokens(owners.db, mine.session, { ...input, gatewayId });
      expect(result).toMatchObject({ deleted: 0, more: false });
    }
    expect(await owners.db.authenticationToken.count({ where: { name: 'foreign-match' } })).toBe(1);
  });
});
