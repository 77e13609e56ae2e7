import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTokenLife, type TokenLife } from '#testing/token-life.ts';
import type { Owner } from '#testing/token-owners.ts';
import { setTokenExpiry } from './change-tokens.ts';
import { endPreviousSecret } from './end-previous-secret.ts';
import { rotateToken } from './rotate-token.ts';
import { tendTokens } from './upkeep.ts';

let life: TokenLife;
let mine: Owner;
let theirs: Owner;
beforeAll(async () => {
  life = await openTokenLife();
  ({ mine, theirs } = life);
});
afterAll(() => life.close());

describe('rotateToken', () => {
  test.each([
    ['hour', 3_600_000],
    ['day', 86_400_000],
    ['week', 604_800_000],
  ] as const)('with an overlap of one %s both secrets work, the old one for that long', async (overlap, ms) => {
    const { id, token: old } = await life.addOne();
    const before = await life.look(old);
    const { created, previousUntil } = await life.rotate(id, overlap);
    expect(Math.abs(Date.parse(previousUntil ?? '') - Date.now() - ms)).toBeLessThan(10_000);
    expect(await life.look(created.token)).toMatchObject({ id, expiresInMs: null });
    const found = await life.look(old);
    expect(found).toMatchObject({ id, secretId: before?.secretId });
    expect(Math.abs((found?.expiresInMs ?? 0) - ms)).toBeLessThan(10_000);
    expect((await life.look(created.token))?.secretId).not.toBe(before?.secretId);
  });

  test('without an overlap the old secret is refused when it returns', async () => {
    const { id, token: old } = await life.addOne();
    const { created, previousUntil } = await life.rotate(id, 'none');
    expect(previousUntil).toBe(null);
    expect([await life.look(old), (await life.look(created.token))?.id]).toEqual([null, id]);
  });

  test('the old secret does not outlive its token', async () => {
    const { id, token: old } = await life.addOne();
    await life.rotate(id, 'week');
    const expiresAt = new Date(Date.now() + 60_000);
    await setTokenExpiry(life.db, mine.session, { gatewayId: mine.gatewayId, ids: [id], expiresAt });
    expect((await life.look(old))?.expiresInMs).toBeLessThanOrEqual(60_000);
  });

  test('a request that is sent again replaces the secret that nobody saw, and leaves the old one working', async () => {
    const { id, token: old } = await life.addOne();
    const rotationId = randomUUID();
    const lost = await life.rotate(id, 'day', rotationId);
    const seen = await life.rotate(id, 'day', rotationId);
    expect(seen.previousUntil).toBe(lost.previousUntil);
    const found = await Promise.all([old, lost.created.token, seen.created.token].map(life.look));
    expect(found.map((token) => token?.id ?? null)).toEqual([id, null, id]);
  });

  test('a third secret ends when the second is rotated', async () => {
    const { id, token: first } = await life.addOne();
    const second = await life.rotate(id, 'week');
    await life.rotate(id, 'week');
    expect([await life.look(first), (await life.look(second.created.token))?.id]).toEqual([null, id]);
  });

  test('of ten rotations at once, by people who all saw the same secret, one has the effect', async () => {
    const { id, token: old } = await life.addOne();
    const { gatewayId, session } = mine;
    const masked = await life.maskedOf(id);
    const results = await Promise.all(
      Array.from({ length: 10 }, () =>
        rotateToken(life.db, session, { gatewayId, id, masked, rotationId: randomUUID(), overlap: 'week' }),
      ),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.code === 'rotatedMeanwhile')).toHaveLength(9);
    // What client apps use goes on working.
    expect(await life.look(old)).toMatchObject({ id });
  });

  test("another account's token is not there", async () => {
    const { id, token } = await life.addOne(theirs);
    for (const gatewayId of [mine.gatewayId, theirs.gatewayId]) {
      const masked = await life.maskedOf(id);
      const input = { gatewayId, id, masked, rotationId: randomUUID(), overlap: 'none' as const };
      expect(await rotateToken(life.db, mine.session, input)).toMatchObject({ ok: false, code: 'tokensNotFound' });
    }
    expect(await life.look(token)).toMatchObject({ id });
  });
});

describe('endPreviousSecret', () => {
  test('ends no other secret than the one that was shown, after somebody else has rotated again', async () => {
    const { id, token } = await life.addOne();
    const shown = await life.maskedOf(id);
    const { created } = await life.rotate(id, 'day');
    await life.rotate(id, 'day');
    const input = { gatewayId: mine.gatewayId, id, masked: shown };
    expect(await endPreviousSecret(life.db, mine.session, input)).toEqual({ ok: false, code: 'rotatedMeanwhile' });
    expect(await life.look(created.token)).toMatchObject({ id });
    expect(await life.look(token)).toBe(null);
  });

  test('ends the old secret alone, once', async () => {
    const { id, token: old } = await life.addOne();
    const { created } = await life.rotate(id, 'week');
    const results = await Promise.all(Array.from({ length: 10 }, () => life.endPrevious(id)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results).toContainEqual({ ok: false, code: 'noPreviousSecret' });
    expect([await life.look(old), (await life.look(created.token))?.id]).toEqual([null, id]);
    expect(await life.auditOf('token.previous_secret_ended', { subjectId: id })).toHaveLength(1);
  });

  test('a stranger does not end it', async () => {
    const { id, token: old } = await life.addOne();
    await life.rotate(id, 'week');
    expect(await life.endPrevious(id, theirs)).toMatchObject({ ok: false, code: 'tokensNotFound' });
    expect(await life.look(old)).toMatchObject({ id });
  });

  test('when its time is over it is refused at once, and its hash is erased by the next upkeep', async () => {
    const { id, token: old } = await life.addOne();
    await life.rotate(id, 'hour');
    const data = { previousUntil: new Date(Date.now() - 1) };
    await life.db.authenticationToken.update({ where: { id }, data });
    expect(await life.look(old)).toBe(null);
    expect(await life.endPrevious(id)).toEqual({ ok: false, code: 'noPreviousSecret' });
    await tendTokens(life.db);
    expect(await life.read(id)).toMatchObject({ previousHash: null, previousSecretId: null });
  });
});
