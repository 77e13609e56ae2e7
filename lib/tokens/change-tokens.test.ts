import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_SECRET } from '#e2e/support/fixtures.ts';
import { type Owner, openTokenOwners, type TokenOwners } from '#e2e/support/token-owners.ts';
import { openKeyRing } from '#lib/providers/key-ring.ts';
import { openPostgresSource } from '#lib/proxy/postgres-source.ts';
import type { AccessSource } from '#lib/proxy/store.ts';
import { setTokenExpiry, setTokenStatus } from '#lib/tokens/change-tokens.ts';
import { deleteTokens } from '#lib/tokens/delete-tokens.ts';
import type { Overlap } from '#lib/tokens/inputs.ts';
import { endPreviousSecret, rotateToken } from '#lib/tokens/rotate-token.ts';
import { hashToken } from '#lib/tokens/secret.ts';
import { undoDeletion } from '#lib/tokens/undo-deletion.ts';
import { tendTokens } from '#lib/tokens/upkeep.ts';

let owners: TokenOwners;
let mine: Owner;
let theirs: Owner;
let proxy: AccessSource;
beforeAll(async () => {
  owners = await openTokenOwners();
  ({ mine, theirs } = owners);
  proxy = openPostgresSource(owners.databaseUrl, openKeyRing(TEST_SECRET), 1);
});
afterAll(async () => {
  await proxy.close();
  await owners.close();
});

async function addOne(owner = mine) {
  const [token] = await owners.addTokens(owner, 1);
  if (!token) throw new Error('one token was added');
  return token;
}

/** What the data plane finds by a token; null: it refuses it. */
const look = (token: string) => proxy.findToken(hashToken(token).toString('hex'));

const rotate = async (id: string, overlap: Overlap, rotationId: string = randomUUID()) => {
  const result = await rotateToken(owners.db, mine.session, { gatewayId: mine.gatewayId, id, rotationId, overlap });
  if (!result.ok) throw new Error(result.code);
  return result;
};

const endPrevious = (id: string, owner = mine) =>
  endPreviousSecret(owners.db, owner.session, { gatewayId: mine.gatewayId, id });

describe('a deleted token', () => {
  test('is refused by the data plane, with each of its secrets, until the deletion is undone', async () => {
    const { id, token: old } = await addOne();
    const { created } = await rotate(id, 'hour');
    const before = [await look(old), await look(created.token)];
    const { session, gatewayId } = mine;
    const deleted = await deleteTokens(owners.db, session, { gatewayId, ids: [id] });
    if (!deleted.ok) throw new Error(deleted.code);
    expect([await look(old), await look(created.token)]).toEqual([null, null]);
    await undoDeletion(owners.db, session, { gatewayId, deletionId: deleted.deletionId });
    const after = [await look(old), await look(created.token)];
    expect(after.map((found) => found?.secretId)).toEqual(before.map((found) => found?.secretId));
    expect(after).toMatchObject([{ id }, { id }]);
  });
});

describe('setTokenStatus', () => {
  const set = (ids: string[], status: 'ACTIVE' | 'DISABLED') =>
    setTokenStatus(owners.db, mine.session, { gatewayId: mine.gatewayId, ids, status });

  test('disables and enables, and records only what it changed', async () => {
    const [a, b] = [await addOne(), await addOne()];
    expect(await set([a.id], 'DISABLED')).toMatchObject({ ok: true, changed: 1 });
    expect(await set([a.id, b.id], 'DISABLED')).toMatchObject({ ok: true, changed: 1 });
    expect([await look(a.token), await look(b.token)]).toEqual([null, null]);
    expect(await set([a.id, b.id], 'ACTIVE')).toMatchObject({ ok: true, changed: 2 });
    expect(await look(a.token)).toMatchObject({ id: a.id });
    expect(await owners.auditOf('token.disabled', { subjectId: a.id })).toHaveLength(1);
    expect(await owners.auditOf('token.enabled', { subjectId: a.id })).toHaveLength(1);
  });

  test('with a foreign id among them none is changed', async () => {
    const [own, foreign] = [await addOne(), await addOne(theirs)];
    expect(await set([own.id, foreign.id], 'DISABLED')).toMatchObject({ ok: false, missingIds: [foreign.id] });
    expect(await owners.read(own.id)).toMatchObject({ status: 'ACTIVE' });
    expect(await owners.read(foreign.id)).toMatchObject({ status: 'ACTIVE' });
  });
});

describe('setTokenExpiry', () => {
  const set = (ids: string[], expiresAt: Date | null) =>
    setTokenExpiry(owners.db, mine.session, { gatewayId: mine.gatewayId, ids, expiresAt });

  test('the data plane learns when, to the millisecond', async () => {
    const { id, token } = await addOne();
    const expiresAt = new Date(Date.now() + 5_000);
    expect(await set([id], expiresAt)).toMatchObject({ ok: true, changed: 1 });
    const found = await look(token);
    expect(found?.expiresInMs).toBeGreaterThan(0);
    expect(found?.expiresInMs).toBeLessThanOrEqual(5_000);
    expect(await set([id], expiresAt)).toMatchObject({ changed: 0 });
    expect(await set([id], null)).toMatchObject({ changed: 1 });
    expect(await look(token)).toMatchObject({ expiresInMs: null });
    expect(await owners.auditOf('token.expiry_changed', { subjectId: id })).toHaveLength(2);
  });

  test('an expired token is counted as such by the next upkeep, and works again with a later expiry', async () => {
    const { id, token } = await addOne();
    await set([id], new Date(Date.now() + 50));
    await expect.poll(() => look(token)).toBe(null);
    expect(await owners.read(id)).toMatchObject({ statusRank: 0 });
    await tendTokens(owners.db);
    expect(await owners.read(id)).toMatchObject({ statusRank: 2 });
    await set([id], new Date(Date.now() + 60_000));
    expect(await owners.read(id)).toMatchObject({ statusRank: 0 });
    expect(await look(token)).toMatchObject({ id });
  });
});

describe('rotateToken', () => {
  test.each([
    ['hour', 3_600_000],
    ['day', 86_400_000],
    ['week', 604_800_000],
  ] as const)('with an overlap of one %s both secrets work, the old one for that long', async (overlap, ms) => {
    const { id, token: old } = await addOne();
    const before = await look(old);
    const { created, previousUntil } = await rotate(id, overlap);
    expect(Math.abs(Date.parse(previousUntil ?? '') - Date.now() - ms)).toBeLessThan(10_000);
    expect(await look(created.token)).toMatchObject({ id, expiresInMs: null });
    const found = await look(old);
    expect(found).toMatchObject({ id, secretId: before?.secretId });
    expect(Math.abs((found?.expiresInMs ?? 0) - ms)).toBeLessThan(10_000);
    expect((await look(created.token))?.secretId).not.toBe(before?.secretId);
  });

  test('without an overlap the old secret is refused when it returns', async () => {
    const { id, token: old } = await addOne();
    const { created, previousUntil } = await rotate(id, 'none');
    expect(previousUntil).toBe(null);
    expect([await look(old), (await look(created.token))?.id]).toEqual([null, id]);
  });

  test('the old secret does not outlive its token', async () => {
    const { id, token: old } = await addOne();
    await rotate(id, 'week');
    const expiresAt = new Date(Date.now() + 60_000);
    await setTokenExpiry(owners.db, mine.session, { gatewayId: mine.gatewayId, ids: [id], expiresAt });
    expect((await look(old))?.expiresInMs).toBeLessThanOrEqual(60_000);
  });

  test('a request that is sent again replaces the secret that nobody saw, and leaves the old one working', async () => {
    const { id, token: old } = await addOne();
    const rotationId = randomUUID();
    const lost = await rotate(id, 'day', rotationId);
    const seen = await rotate(id, 'day', rotationId);
    expect(seen.previousUntil).toBe(lost.previousUntil);
    const found = await Promise.all([old, lost.created.token, seen.created.token].map(look));
    expect(found.map((token) => token?.id ?? null)).toEqual([id, null, id]);
  });

  test('a third secret ends when the second is rotated', async () => {
    const { id, token: first } = await addOne();
    const second = await rotate(id, 'week');
    await rotate(id, 'week');
    expect([await look(first), (await look(second.created.token))?.id]).toEqual([null, id]);
  });

  test("another account's token is not there", async () => {
    const { id, token } = await addOne(theirs);
    for (const gatewayId of [mine.gatewayId, theirs.gatewayId]) {
      const input = { gatewayId, id, rotationId: randomUUID(), overlap: 'none' as const };
      expect(await rotateToken(owners.db, mine.session, input)).toMatchObject({ ok: false, code: 'tokensNotFound' });
    }
    expect(await look(token)).toMatchObject({ id });
  });
});

describe('endPreviousSecret', () => {
  test('ends the old secret alone, once', async () => {
    const { id, token: old } = await addOne();
    const { created } = await rotate(id, 'week');
    const results = await Promise.all(Array.from({ length: 10 }, () => endPrevious(id)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results).toContainEqual({ ok: false, code: 'noPreviousSecret' });
    expect([await look(old), (await look(created.token))?.id]).toEqual([null, id]);
    expect(await owners.auditOf('token.previous_secret_ended', { subjectId: id })).toHaveLength(1);
  });

  test('a stranger does not end it', async () => {
    const { id, token: old } = await addOne();
    await rotate(id, 'week');
    expect(await endPrevious(id, theirs)).toMatchObject({ ok: false, code: 'tokensNotFound' });
    expect(await look(old)).toMatchObject({ id });
  });

  test('when its time is over it is refused at once, and its hash is erased by the next upkeep', async () => {
    const { id, token: old } = await addOne();
    await rotate(id, 'hour');
    const data = { previousUntil: new Date(Date.now() - 1) };
    await owners.db.authenticationToken.update({ where: { id }, data });
    expect(await look(old)).toBe(null);
    expect(await endPrevious(id)).toEqual({ ok: false, code: 'noPreviousSecret' });
    await tendTokens(owners.db);
    expect(await owners.read(id)).toMatchObject({ previousHash: null, previousSecretId: null });
  });
});
