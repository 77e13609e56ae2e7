import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Session } from '#lib/auth/credentials.ts';
import { setTokenExpiry } from '#lib/tokens/change-tokens.ts';
import { deleteTokens } from '#lib/tokens/delete-tokens.ts';
import { endPreviousSecret } from '#lib/tokens/end-previous-secret.ts';
import type { Overlap } from '#lib/tokens/inputs.ts';
import { mask } from '#lib/tokens/queries.ts';
import { rotateToken } from '#lib/tokens/rotate-token.ts';
import { undoDeletion } from '#lib/tokens/undo-deletion.ts';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';
import { openTokenStream } from '#testing/token-stream.ts';

/** What `docs/decisions/life-of-a-token.md` promises, seen by client apps. */
describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  let session: Session;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
    const email = 'admin@example.com';
    const user = await world.fixtures.addUser(world.account.id, email, 'correct horse');
    session = { userId: user.id, accountId: world.account.id, email, sessionVersion: 1 };
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  const addToken = () => world.fixtures.addToken({ accountId: world.account.id, gatewayId: world.gateway.id });

  async function statusOf(token: string): Promise<number> {
    // Streams that are open stay so; this call gets an answer that ends.
    world.upstream.reset();
    return (await world.call({ headers: ['authorization', `Bearer ${token}`] })).status;
  }

  async function rotate(id: string, overlap: Overlap) {
    const { firstChars, lastChars } = await world.fixtures.db.authenticationToken.findUniqueOrThrow({ where: { id } });
    const masked = mask(firstChars, lastChars);
    const input = { gatewayId: world.gateway.id, id, masked, rotationId: randomUUID(), overlap };
    const result = await rotateToken(world.fixtures.db, session, input);
    if (!result.ok) throw new Error(result.code);
    return result.created.token;
  }

  const openStream = (token: string) => openTokenStream(world, token);

  test('rotating with an overlap cuts nothing; ending the old secret cuts what it had open, and nothing else', async () => {
    const { id, token: old } = await addToken();
    const before = await openStream(old);
    const current = await rotate(id, 'day');
    expect([await statusOf(old), await statusOf(current)]).toEqual([200, 200]);
    const after = await openStream(current);
    before.response.write('data: second\n\n');
    await before.client.readUntil(/data: second/);
    const result = await endPreviousSecret(world.fixtures.db, session, {
      gatewayId: world.gateway.id,
      id,
      masked: mask(old.slice(3, 7), old.slice(-4)),
    });
    expect(result).toMatchObject({ ok: true, receipt: { expired: 0 } });
    await before.client.waitForClose();
    expect([await statusOf(old), await statusOf(current)]).toEqual([401, 200]);
    after.response.write('data: still here\n\n');
    await after.client.readUntil(/data: still here/);
    after.client.socket.destroy();
  });

  test('rotating without an overlap cuts what the old secret had open', async () => {
    const { id, token: old } = await addToken();
    const stream = await openStream(old);
    const current = await rotate(id, 'none');
    await stream.client.waitForClose();
    expect([await statusOf(old), await statusOf(current)]).toEqual([401, 200]);
  });

  test('a token that every worker remembers is refused from the moment in which it expires', async () => {
    const { id, token } = await addToken();
    const expiresAt = new Date(Date.now() + 1_500);
    await setTokenExpiry(world.fixtures.db, session, { gatewayId: world.gateway.id, ids: [id], expiresAt });
    const answers: { at: number; status: number }[] = [];
    while (Date.now() < expiresAt.getTime() + 300) {
      const at = Date.now();
      answers.push({ at, status: await statusOf(token) });
    }
    const wrong = answers.filter(({ at, status }) =>
      // A call that began shortly before may be judged after.
      at < expiresAt.getTime() - 100 ? status !== 200 : at > expiresAt.getTime() + 5 && status !== 401,
    );
    expect(wrong).toEqual([]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 401]));
  });

  test('a deleted token is refused when the deletion returns, and accepted when its undo returns', async () => {
    const { id, token } = await addToken();
    const { db } = world.fixtures;
    const { id: gatewayId } = world.gateway;
    for (let i = 0; i < 10; i++) {
      expect(await statusOf(token)).toBe(200);
      const deleted = await deleteTokens(db, session, { gatewayId, ids: [id] });
      if (!deleted.ok) throw new Error(deleted.code);
      expect(await statusOf(token)).toBe(401);
      await undoDeletion(db, session, { gatewayId, deletionId: deleted.deletionId });
    }
    expect(await statusOf(token)).toBe(200);
  });
});
