import { Client } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { awaitReceipt } from '#lib/revocation/await-receipt.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';
import { openTokenStream } from '#testing/token-stream.ts';

/** Acceptance E7, and what `docs/decisions/revocation.md` promises. */
describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  const addToken = () => world.fixtures.addToken({ accountId: world.account.id, gatewayId: world.gateway.id });

  async function deleteToken(id: string) {
    const { db } = world.fixtures;
    await db.authenticationToken.delete({ where: { id } });
    return awaitReceipt(db);
  }

  async function statusOver(client: Client, token: string): Promise<number> {
    const path = `/gateway/${world.gateway.slug}/deepseek/deepseek-chat/chat/completions`;
    const headers = ['authorization', `Bearer ${token}`];
    const { statusCode, body } = await client.request({ path, method: 'POST', headers });
    await body.dump();
    return statusCode;
  }

  const openStream = (token: string) => openTokenStream(world, token);

  test('a token works until its deletion returns, and never after, on any worker', async () => {
    const workers = transport === 'proxy' ? 2 : 1;
    // Each keeps its connection, and so its worker.
    const clients = Array.from({ length: 8 }, () => new Client(world.server.origin));
    await Promise.all(clients.map((client) => statusOver(client, world.token)));
    await expect.poll(() => countLeases(world.fixtures.db)).toBe(workers);
    for (let i = 0; i < 25; i++) {
      const { token, id } = await addToken();
      const use = () => Promise.all(clients.map((client) => statusOver(client, token)));
      expect(await use()).toEqual(clients.map(() => 200));
      const receipt = await deleteToken(id);
      expect(receipt).toMatchObject({ confirmed: workers, expired: 0 });
      expect(await use()).toEqual(clients.map(() => 401));
    }
    await Promise.all(clients.map((client) => client.destroy()));
  });

  test('a verified token is known without the database, another is not', async () => {
    const [verified, other] = [await addToken(), await addToken()];
    const use = (token: string) => world.call({ headers: ['authorization', `Bearer ${token}`] });
    await use(verified.token);
    await world.fixtures.db.$transaction(async (transaction) => {
      await transaction.$executeRaw`LOCK TABLE authentication_token IN ACCESS EXCLUSIVE MODE`;
      expect((await use(verified.token)).status).toBe(200);
      expect(await use(other.token)).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    });
    expect((await use(other.token)).status).toBe(200);
  });

  test('the stream of a deleted token is cut before the deletion returns, and others go on', async () => {
    const deleted = await addToken();
    const cut = await openStream(deleted.token);
    const spared = await openStream(world.token);
    const upstreamCut = new Promise((resolve) => cut.response.on('close', resolve));
    await deleteToken(deleted.id);
    await cut.client.waitForClose();
    await upstreamCut;
    expect(cut.client.pending).not.toMatch(/0\r\n\r\n$/);
    spared.response.end('data: last\n\n');
    await spared.client.readUntil(/data: last/);
    spared.client.socket.destroy();
  });

  test('a request that waits for its answer is refused when its token is deleted', async () => {
    const { token, id } = await addToken();
    world.upstream.answerWith(() => {});
    const arrived = world.upstream.nextRequest();
    const answer = world.call({ headers: ['authorization', `Bearer ${token}`] });
    const { aborted } = await arrived;
    await deleteToken(id);
    expect((await answer).status).toBe(401);
    await aborted;
  });

  test('the streams of a disabled gateway are cut', async () => {
    const stream = await openStream(world.token);
    const { db, settle } = world.fixtures;
    const setStatus = (status: 'ACTIVE' | 'DISABLED') =>
      db.gateway.update({ where: { id: world.gateway.id }, data: { status } }).then(settle);
    await setStatus('DISABLED');
    await stream.client.waitForClose();
    expect((await world.call()).status).toBe(404);
    await setStatus('ACTIVE');
    world.upstream.reset();
    expect((await world.call()).status).toBe(200);
  });
});

async function countLeases(db: PrismaClient): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM proxy_member WHERE lease_until > clock_timestamp()`;
  return row?.count ?? 0;
}
