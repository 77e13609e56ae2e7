import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTokenLife, type TokenLife } from '#testing/token-life.ts';
import type { Owner } from '#testing/token-owners.ts';
import { setTokenExpiry, setTokenStatus } from './change-tokens.ts';
import { deleteTokens } from './delete-tokens.ts';
import { undoDeletion } from './undo-deletion.ts';
import { tendTokens } from './upkeep.ts';

let life: TokenLife;
let mine: Owner;
let theirs: Owner;
beforeAll(async () => {
  life = await openTokenLife();
  ({ mine, theirs } = life);
});
afterAll(() => life.close());

describe('a deleted token', () => {
  test('is refused by the data plane, with each of its secrets, until the deletion is undone', async () => {
    const { id, token: old } = await life.addOne();
    const { created } = await life.rotate(id, 'hour');
    const before = [await life.look(old), await life.look(created.token)];
    const { session, gatewayId } = mine;
    const deleted = await deleteTokens(life.db, session, { gatewayId, ids: [id] });
    if (!deleted.ok) throw new Error(deleted.code);
    expect([await life.look(old), await life.look(created.token)]).toEqual([null, null]);
    await undoDeletion(life.db, session, { gatewayId, deletionId: deleted.deletionId });
    const after = [await life.look(old), await life.look(created.token)];
    expect(after.map((found) => found?.secretId)).toEqual(before.map((found) => found?.secretId));
    expect(after).toMatchObject([{ id }, { id }]);
  });
});

describe('setTokenStatus', () => {
  const set = (ids: string[], status: 'ACTIVE' | 'DISABLED') =>
    setTokenStatus(life.db, mine.session, { gatewayId: mine.gatewayId, ids, status });

  test('disables and enables, and records only what it changed', async () => {
    const [a, b] = [await life.addOne(), await life.addOne()];
    expect(await set([a.id], 'DISABLED')).toMatchObject({ ok: true, changed: 1 });
    expect(await set([a.id, b.id], 'DISABLED')).toMatchObject({ ok: true, changed: 1 });
    expect([await life.look(a.token), await life.look(b.token)]).toEqual([null, null]);
    expect(await set([a.id, b.id], 'ACTIVE')).toMatchObject({ ok: true, changed: 2 });
    expect(await life.look(a.token)).toMatchObject({ id: a.id });
    expect(await life.auditOf('token.disabled', { subjectId: a.id })).toHaveLength(1);
    expect(await life.auditOf('token.enabled', { subjectId: a.id })).toHaveLength(1);
  });

  test('with a foreign id among them none is changed', async () => {
    const [own, foreign] = [await life.addOne(), await life.addOne(theirs)];
    expect(await set([own.id, foreign.id], 'DISABLED')).toMatchObject({ ok: false, missingIds: [foreign.id] });
    expect(await life.read(own.id)).toMatchObject({ status: 'ACTIVE' });
    expect(await life.read(foreign.id)).toMatchObject({ status: 'ACTIVE' });
  });
});

describe('setTokenExpiry', () => {
  const set = (ids: string[], expiresAt: Date | null) =>
    setTokenExpiry(life.db, mine.session, { gatewayId: mine.gatewayId, ids, expiresAt });

  test('the data plane learns when, to the millisecond', async () => {
    const { id, token } = await life.addOne();
    const expiresAt = new Date(Date.now() + 5_000);
    expect(await set([id], expiresAt)).toMatchObject({ ok: true, changed: 1 });
    const found = await life.look(token);
    expect(found?.expiresInMs).toBeGreaterThan(0);
    expect(found?.expiresInMs).toBeLessThanOrEqual(5_000);
    expect(await set([id], expiresAt)).toMatchObject({ changed: 0 });
    expect(await set([id], null)).toMatchObject({ changed: 1 });
    expect(await life.look(token)).toMatchObject({ expiresInMs: null });
    expect(await life.auditOf('token.expiry_changed', { subjectId: id })).toHaveLength(2);
  });

  test('what somebody else has set since the form showed it is told, and not overwritten', async () => {
    const { id } = await life.addOne();
    const [theirs, ours] = [new Date('2090-01-01T00:00:00Z'), new Date('2091-01-01T00:00:00Z')];
    const setSeen = (expiresAt: Date | null, seen: Date | null) =>
      setTokenExpiry(life.db, mine.session, { gatewayId: mine.gatewayId, ids: [id], expiresAt, seen });
    expect(await setSeen(theirs, null)).toMatchObject({ ok: true, changed: 1 });
    const conflict = { ok: false, code: 'changedMeanwhile', expiresAt: theirs.toISOString() };
    expect(await setSeen(ours, null)).toEqual(conflict);
    expect(await setSeen(null, ours)).toEqual(conflict);
    // The same is no conflict.
    expect(await setSeen(theirs, null)).toMatchObject({ ok: true, changed: 0 });
    expect(await setSeen(null, theirs)).toMatchObject({ ok: true, changed: 1 });
    expect(await setSeen(ours, theirs)).toEqual({ ...conflict, expiresAt: null });
    expect(await life.read(id)).toMatchObject({ expiresAt: null });
  });

  test('an expired token is counted as such by the next upkeep, and works again with a later expiry', async () => {
    const { id, token } = await life.addOne();
    await set([id], new Date(Date.now() + 50));
    await expect.poll(() => life.look(token)).toBe(null);
    expect(await life.read(id)).toMatchObject({ statusRank: 0 });
    await tendTokens(life.db);
    expect(await life.read(id)).toMatchObject({ statusRank: 2 });
    await set([id], new Date(Date.now() + 60_000));
    expect(await life.read(id)).toMatchObject({ statusRank: 0 });
    expect(await life.look(token)).toMatchObject({ id });
  });
});
