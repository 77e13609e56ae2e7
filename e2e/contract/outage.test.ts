import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, Client } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { awaitReceipt } from '#lib/revocation/await-receipt.ts';
import { generateToken } from '#lib/tokens/secret.ts';
import { type GatewayWorld, openGatewayWorld } from '#testing/gateway-world.ts';
import { RawConnection } from '#testing/raw-http.ts';
import { startTestCluster } from '#testing/test-cluster.ts';

/** Acceptance H1 and H2, with a PostgreSQL of its own that is stopped and frozen. */
type Cluster = Awaited<ReturnType<typeof startTestCluster>>;

const LEASE_MS = 1_500;
/** "Within 2 s", and what a busy machine takes to say so. */
const REFUSED_WITHIN_MS = 2_300;

let cluster: Cluster;
let world: GatewayWorld;
let clients: Client[];
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.stop());
afterEach(async () => {
  await Promise.all(clients.map((client) => client.destroy()));
  await world.close();
});

/** A gateway whose proxy grants so much grace; its workers know the world's token, and nobody another one. */
async function open(graceSeconds: number): Promise<{ otherToken: string }> {
  world = await openGatewayWorld('proxy', { AUTH_OUTAGE_GRACE_SECONDS: String(graceSeconds) }, cluster.url);
  // Each keeps its connection, and so its worker.
  clients = Array.from({ length: 8 }, () => new Client(world.server.origin));
  await callAll(world.token);
  await untilAllHaveLeases();
  await callAll(world.token);
  const { token } = await world.fixtures.addToken({ accountId: world.account.id, gatewayId: world.gateway.id });
  return { otherToken: token };
}

async function untilAllHaveLeases(): Promise<void> {
  const countLeases = () => world.fixtures.db.proxyMember.count({ where: { leaseUntil: { gt: new Date() } } });
  await expect.poll(countLeases).toBe(2);
}

type Outcome = { status: number; retryAfter: unknown; ms: number };

async function call(client: Client | Agent, token: string): Promise<Outcome> {
  const startedAt = performance.now();
  const { statusCode, headers, body } = await client.request({
    origin: world.server.origin,
    path: `/gateway/${world.gateway.slug}/deepseek/deepseek-chat/chat`,
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  await body.dump();
  return { status: statusCode, retryAfter: headers['retry-after'], ms: performance.now() - startedAt };
}

/** On every connection at once. */
const callAll = (token: string) => Promise.all(clients.map((client) => call(client, token)));

function expectRefused(outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 503, retryAfter: '1' });
  expect(Math.max(...outcomes.map(({ ms }) => ms))).toBeLessThan(REFUSED_WITHIN_MS);
}

async function openStream(): Promise<{ client: RawConnection; response: ServerResponse }> {
  const opened = new Promise<ServerResponse>((resolve) => {
    world.upstream.answerWith((response) => {
      response.writeHead(200).write('begun');
      resolve(response);
    });
  });
  const client = await RawConnection.open(world.server.port);
  client.write(world.rawHead(['Content-Length: 0']));
  await client.readUntil(/begun\r\n/);
  return { client, response: await opened };
}

describe.each([
  ['is stopped', () => cluster.goAway(), () => cluster.comeBack()],
  ['accepts and answers nothing', () => cluster.freeze(), () => cluster.thaw()],
])('when PostgreSQL %s', (_what, begin, end) => {
  test('verified tokens go on for the grace time, others get 503, streams finish, and it comes back', async () => {
    const graceSeconds = 4;
    const { otherToken } = await open(graceSeconds);
    const stream = await openStream();
    world.upstream.reset();
    await begin();
    const begunAt = performance.now();
    try {
      const graceEnds = begunAt + graceSeconds * 1_000;
      while (performance.now() < graceEnds - REFUSED_WITHIN_MS) {
        const [verified, others] = await Promise.all([callAll(world.token), callAll(otherToken)]);
        expect(verified.map(({ status }) => status)).toEqual(clients.map(() => 200));
        expectRefused(others);
      }
      await sleep(graceEnds + LEASE_MS - performance.now());
      expectRefused(await callAll(world.token));
      stream.response.end('ended');
      expect(await stream.client.readUntil(/0\r\n\r\n/)).toContain('ended');
    } finally {
      await end();
    }
    const statuses = async (token: string) => [...new Set((await callAll(token)).map(({ status }) => status))];
    await expect.poll(() => statuses(otherToken)).toEqual([200]);
    await expect.poll(() => statuses(world.token)).toEqual([200]);
    // Until they have one again they ask the database about each call, and nobody has to wait for them.
    await untilAllHaveLeases();
    const { db } = world.fixtures;
    await db.authenticationToken.delete({ where: { id: world.tokenId } });
    expect(await awaitReceipt(db)).toMatchObject({ complete: true, confirmed: 2 });
    expect(await statuses(world.token)).toEqual([401]);
  });

  test('without grace time nothing is accepted once the lease has run out', async () => {
    const { otherToken } = await open(0);
    await begin();
    try {
      await sleep(LEASE_MS);
      expectRefused(await callAll(world.token));
      expectRefused(await callAll(otherToken));
    } finally {
      await end();
    }
    await expect.poll(async () => (await call(clients[0] as Client, world.token)).status).toBe(200);
  });

  test('500 requests at once wait no longer than one, and then get 503', async () => {
    await open(0);
    const agent = new Agent();
    await begin();
    try {
      await sleep(LEASE_MS);
      expectRefused(await Promise.all(Array.from({ length: 500 }, () => call(agent, generateToken()))));
    } finally {
      await end();
      await agent.destroy();
    }
    await expect.poll(async () => (await call(clients[0] as Client, generateToken())).status).toBe(401);
  });
});
