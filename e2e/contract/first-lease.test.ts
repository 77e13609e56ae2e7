import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { openTokenStream } from '#testing/token-stream.ts';

/** Calls that are let in before their worker has its first lease, and so hears of no change. */
describe.each(TRANSPORTS)('through %s, when the first lease begins', (transport) => {
  let world: GatewayWorld;
  let lock: Client;
  beforeEach(async () => {
    const databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
    lock = new Client({ connectionString: databaseUrl });
    await lock.connect();
    // Whoever asks who is a member is answered; nobody becomes one.
    await lock.query('BEGIN');
    await lock.query('LOCK TABLE proxy_member IN SHARE MODE');
    world = await openGatewayWorld(transport, { PROXY_WORKERS: '1' }, databaseUrl);
  });
  afterEach(async () => {
    await lock.end();
    await world.close();
  });

  const countMembers = () => world.fixtures.db.proxyMember.count();
  const addToken = () => world.fixtures.addToken({ accountId: world.account.id, gatewayId: world.gateway.id });

  /** A call that waits for its provider's answer. */
  async function waitForAnswer(token: string) {
    const arrived = world.upstream.nextRequest();
    let answer: () => void = () => {};
    world.upstream.answerWith((response) => {
      answer = () => response.end('{}');
    });
    const call = world.call({ headers: ['authorization', `Bearer ${token}`] });
    const { aborted } = await arrived;
    return { call, answer: () => answer(), aborted };
  }

  test('what was open goes on where its token is good, and is cut where it was deleted', async () => {
    const deleted = await addToken();
    const cut = await openTokenStream(world, deleted.token);
    const refused = await waitForAnswer(deleted.token);
    const streaming = await openTokenStream(world, world.token);
    const waiting = await waitForAnswer(world.token);
    await world.fixtures.db.authenticationToken.delete({ where: { id: deleted.id } });
    expect(await countMembers()).toBe(0);
    await lock.query('COMMIT');
    await expect.poll(countMembers).toBe(1);

    await cut.client.waitForClose();
    expect((await refused.call).status).toBe(401);
    await refused.aborted;
    // These were asked about in the same moment.
    waiting.answer();
    expect(await waiting.call).toMatchObject({ status: 200, text: '{}' });
    streaming.response.end('data: last\n\n');
    await streaming.client.readUntil(/data: last/);
    streaming.client.socket.destroy();
  });
});
