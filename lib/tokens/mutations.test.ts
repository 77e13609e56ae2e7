import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Fixtures, openFixtures } from '#e2e/support/fixtures.ts';
import { createTestDatabase } from '#e2e/support/test-cluster.ts';
import type { Session } from '#lib/auth/credentials.ts';
import { createToken, deleteTokens } from '#lib/tokens/mutations.ts';
import { hashToken, isWellFormedToken } from '#lib/tokens/secret.ts';

let fixtures: Fixtures;
let mine: Owner;
let theirs: Owner;
type Owner = { session: Session; gatewayId: string };

beforeAll(async () => {
  fixtures = openFixtures(await createTestDatabase(inject('templateDatabaseUrl')));
  mine = await addOwner('mine@example.com');
  theirs = await addOwner('theirs@example.com');
});
afterAll(() => fixtures.close());

async function addOwner(email: string): Promise<Owner> {
  const { id: accountId } = await fixtures.addAccount();
  const user = await fixtures.addUser(accountId, email, 'correct horse');
  const gateway = await fixtures.addGateway(accountId, 'demo-gateway');
  return { session: { userId: user.id, accountId, email, sessionVersion: 1 }, gatewayId: gateway.id };
}

const addTokens = (owner: Owner, count: number) =>
  Promise.all(
    Array.from({ length: count }, () =>
      fixtures.addToken({ accountId: owner.session.accountId, gatewayId: owner.gatewayId }),
    ),
  );

const create = (owner: Owner, name: string) =>
  createToken(fixtures.db, owner.session, { gatewayId: owner.gatewayId, name });

const remove = (owner: Owner, ids: string[]) =>
  deleteTokens(fixtures.db, owner.session, { gatewayId: owner.gatewayId, ids });

const auditOf = (action: string, where: { subjectId?: string; subjectName?: string }) =>
  fixtures.db.auditEvent.findMany({ where: { action, ...where } });

const existing = (ids: string[]) => fixtures.db.authenticationToken.count({ where: { id: { in: ids } } });

describe('createToken', () => {
  test('the secret is in the result and only its hash in the database', async () => {
    const result = await create(mine, 'token-user02');
    if (!result.ok) throw new Error(result.code);
    const { name, token } = result.created;
    expect(name).toBe('token-user02');
    expect(isWellFormedToken(token)).toBe(true);
    const row = await fixtures.db.authenticationToken.findUniqueOrThrow({ where: { hash: hashToken(token) } });
    expect(row).toMatchObject({
      accountId: mine.session.accountId,
      gatewayId: mine.gatewayId,
      createdBy: mine.session.userId,
      status: 'ACTIVE',
      firstChars: token.slice(3, 7),
      lastChars: token.slice(-4),
    });
    expect(JSON.stringify(row)).not.toContain(token.slice(7, 15));
    expect(await auditOf('token.created', { subjectId: row.id })).toMatchObject([
      { actor: 'mine@example.com', accountId: mine.session.accountId, subjectName: 'token-user02' },
    ]);
  });

  test('a name is taken whatever its case, in this gateway only', async () => {
    expect(await create(mine, 'token-người')).toMatchObject({ ok: true });
    expect(await create(mine, 'TOKEN-NGƯỜI')).toEqual({ ok: false, code: 'nameTaken' });
    expect(await create(theirs, 'token-người')).toMatchObject({ ok: true });
  });

  test("another account's gateway and an unknown one look the same, and nothing is made", async () => {
    const count = await fixtures.db.authenticationToken.count();
    for (const gatewayId of [theirs.gatewayId, randomUUID()]) {
      expect(await createToken(fixtures.db, mine.session, { gatewayId, name: 'foreign' })).toEqual({
        ok: false,
        code: 'gatewayNotFound',
      });
    }
    expect(await fixtures.db.authenticationToken.count()).toBe(count);
    expect(await auditOf('token.created', { subjectName: 'foreign' })).toEqual([]);
  });

  test('of 50 creations of one name at once, one wins and 49 are told that it is taken', async () => {
    const results = await Promise.all(Array.from({ length: 50 }, () => create(mine, 'race')));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.code === 'nameTaken')).toHaveLength(49);
    expect(await fixtures.db.authenticationToken.count({ where: { nameKey: 'race' } })).toBe(1);
    expect(await auditOf('token.created', { subjectName: 'race' })).toHaveLength(1);
  });
});

describe('deleteTokens', () => {
  test('deletes all that are named, with one audit row each', async () => {
    const tokens = await addTokens(mine, 3);
    const [first, second, kept] = tokens.map(({ id }) => id);
    if (!first || !second || !kept) throw new Error('three tokens were added');
    expect(await remove(mine, [second, first, second])).toMatchObject({ ok: true, deleted: 2 });
    expect(await existing([first, second])).toBe(0);
    expect(await existing([kept])).toBe(1);
    for (const { id, name } of tokens.slice(0, 2)) {
      expect(await auditOf('token.deleted', { subjectId: id })).toMatchObject([{ subjectName: name }]);
    }
  });

  test("with another account's id among them none is deleted, and the answer names it", async () => {
    const own = (await addTokens(mine, 2)).map(({ id }) => id);
    const foreign = (await addTokens(theirs, 1)).map(({ id }) => id);
    expect(await remove(mine, [...own, ...foreign])).toEqual({
      ok: false,
      code: 'tokensNotFound',
      missingIds: foreign,
    });
    expect(await existing([...own, ...foreign])).toBe(3);
    expect(await auditOf('token.deleted', { subjectId: own[0] })).toEqual([]);
  });

  test('an unknown id, and one of another gateway of the same account, are as foreign', async () => {
    const own = (await addTokens(mine, 1)).map(({ id }) => id);
    const { accountId } = mine.session;
    const other = await fixtures.addGateway(accountId, 'other-gateway');
    const { id: elsewhere } = await fixtures.addToken({ accountId, gatewayId: other.id });
    const missingIds = [elsewhere, randomUUID()];
    expect(await remove(mine, [...own, ...missingIds])).toMatchObject({ ok: false, missingIds });
    expect(await existing([...own, elsewhere])).toBe(2);
  });

  test("an account cannot delete by naming another account's gateway", async () => {
    const ids = (await addTokens(theirs, 1)).map(({ id }) => id);
    const result = await deleteTokens(fixtures.db, mine.session, { gatewayId: theirs.gatewayId, ids });
    expect(result).toMatchObject({ ok: false });
    expect(await existing(ids)).toBe(1);
  });

  test('of 50 deletions of one token at once, one has the effect, and there is one audit row', async () => {
    const ids = (await addTokens(mine, 1)).map(({ id }) => id);
    const results = await Promise.all(Array.from({ length: 50 }, () => remove(mine, ids)));
    expect(results.filter((result) => result.ok)).toMatchObject([{ ok: true, deleted: 1 }]);
    expect(results.filter((result) => !result.ok && result.code === 'tokensNotFound')).toHaveLength(49);
    expect(await auditOf('token.deleted', { subjectId: ids[0] })).toHaveLength(1);
  });

  test('deletions that overlap in opposite order both end', async () => {
    const ids = (await addTokens(mine, 40)).map(({ id }) => id);
    const results = await Promise.all([remove(mine, ids), remove(mine, ids.toReversed())]);
    expect(results.filter((result) => result.ok)).toMatchObject([{ ok: true, deleted: 40 }]);
  });
});
