import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest';
import { embeddedUrls } from '#lib/database/roles.ts';
import { awaitReceipt } from '#lib/revocation/await-receipt.ts';
import type { Prisma } from '#prisma/client.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { type AppliedChange, Membership } from './membership.ts';

let databaseUrl: string;
let fixtures: Fixtures;
let accountId: number;
let gatewayId: string;
const members: Membership[] = [];

beforeAll(async () => {
  databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  accountId = (await fixtures.addAccount()).id;
  gatewayId = (await fixtures.addGateway(accountId, 'gateway')).id;
});
afterEach(async () => {
  await Promise.all(members.splice(0).map((member) => member.stop()));
});
afterAll(() => fixtures.close());

/** A member that writes down what it hears, once it holds a lease. */
async function join() {
  const heard: AppliedChange[] = [];
  const lapses: number[] = [];
  const gaps: number[] = [];
  let joins = 0;
  const member = new Membership(embeddedUrls(databaseUrl).proxy, {
    onChange: (change) => heard.push(change),
    onJoin: () => {
      joins += 1;
    },
    onLapse: () => lapses.push(performance.now()),
    onGap: () => gaps.push(performance.now()),
  });
  members.push(member);
  member.start();
  await expect.poll(() => member.isTrusted()).toBe(true);
  return { member, heard, lapses, gaps, countJoins: () => joins };
}

/** Makes a change as a mutation does, and returns when its receipt is there. */
async function change(work: (transaction: Prisma.TransactionClient) => Promise<unknown>) {
  await fixtures.db.$transaction(work);
  return awaitReceipt(fixtures.db);
}

const deleteToken = (id: string) => change((transaction) => transaction.authenticationToken.delete({ where: { id } }));

test('when the receipt of a deletion is there, every member has heard of it', async () => {
  const joined = await Promise.all(Array.from({ length: 8 }, join));
  for (let i = 0; i < 20; i++) {
    const { id } = await fixtures.addToken({ accountId, gatewayId });
    const receipt = await deleteToken(id);
    expect(receipt).toMatchObject({ confirmed: 8, expired: 0 });
    for (const { heard } of joined) {
      expect(heard.at(-1)).toMatchObject({ kind: 'token', subjectId: id, revoked: true });
    }
  }
});

test('changes made at once are heard by all, each once and in one order', async () => {
  const joined = await Promise.all([join(), join()]);
  const tokens = await fixtures.addTokens({ accountId, gatewayId }, 30);
  await Promise.all(tokens.map(({ id }) => deleteToken(id)));
  const [first, second] = joined.map(({ heard }) => heard.map(({ subjectId }) => subjectId));
  expect(first).toEqual(second);
  expect(first?.toSorted()).toEqual(tokens.map(({ id }) => id).toSorted());
});

test('nobody waits for a member that has left', async () => {
  const { member } = await join();
  await member.stop();
  const { id } = await fixtures.addToken({ accountId, gatewayId });
  expect(await deleteToken(id)).toMatchObject({ confirmed: 0, expired: 0 });
});

test('a member that died is waited for until its lease has run out, and not longer', async () => {
  await fixtures.db.$executeRaw`INSERT INTO proxy_member (id, lease_until, applied_event_id)
    VALUES (gen_random_uuid(), clock_timestamp() + interval '300 milliseconds', 0)`;
  const { id } = await fixtures.addToken({ accountId, gatewayId });
  const receipt = await deleteToken(id);
  expect(receipt).toMatchObject({ confirmed: 0, expired: 1 });
  const [row] = await fixtures.db.$queryRaw<{ over: boolean }[]>`
    SELECT bool_and(lease_until <= clock_timestamp()) AS over FROM proxy_member`;
  expect(row?.over).toBe(true);
});

test('a worker that keeps its lease and does not apply what it is told is not waited for without end', async () => {
  await fixtures.db.$executeRaw`INSERT INTO proxy_member (id, lease_until, applied_event_id)
    VALUES (gen_random_uuid(), clock_timestamp() + interval '1 hour', 0)`;
  const { id } = await fixtures.addToken({ accountId, gatewayId });
  const receipt = await deleteToken(id);
  expect(receipt).toMatchObject({ confirmed: 0, unconfirmed: 1, complete: false });
  expect(receipt.milliseconds).toBeLessThan(3_500);
  await fixtures.db.$executeRaw`DELETE FROM proxy_member`;
});

test('a database that tells nothing is not waited for without end', async () => {
  const { id } = await fixtures.addToken({ accountId, gatewayId });
  await fixtures.db.authenticationToken.delete({ where: { id } });
  await fixtures.db.$transaction(async (transaction) => {
    await transaction.$executeRaw`LOCK TABLE proxy_member IN ACCESS EXCLUSIVE MODE`;
    const receipt = await awaitReceipt(fixtures.db);
    expect(receipt).toMatchObject({ confirmed: 0, expired: 0, complete: false });
    expect(receipt.milliseconds).toBeLessThan(3_500);
  });
});

test('a machine that slept trusts nothing, though its monotonic clock stood still', async () => {
  const { member } = await join();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10_000 });
  expect(member.isTrusted()).toBe(false);
  vi.useRealTimers();
});

test('a machine that slept while its lease was renewed does not go by that renewal', async () => {
  const { member, lapses } = await join();
  const lock = new Client({ connectionString: databaseUrl });
  await lock.connect();
  await lock.query('BEGIN');
  await lock.query('LOCK TABLE proxy_member IN SHARE MODE');
  const countWaiting = async () => {
    const { rows } = await lock.query(`SELECT FROM pg_locks WHERE NOT granted AND relation = 'proxy_member'::regclass`);
    return rows.length;
  };
  await expect.poll(countWaiting, { interval: 10 }).toBe(1);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
  try {
    const before = lapses.length;
    await lock.query('COMMIT');
    await expect.poll(() => lapses.length, { interval: 1 }).toBe(before + 1);
    expect(member.isTrusted()).toBe(false);
    await expect.poll(() => member.isTrusted()).toBe(true);
  } finally {
    vi.useRealTimers();
    await lock.end();
  }
});

test.each([
  ['disabling', { status: 'DISABLED' as const }, true],
  ['expiry in the past', { expiresAt: new Date(0) }, true],
  ['expiry in the future', { expiresAt: new Date(Date.now() + 86_400_000) }, false],
])('%s of a token is heard; streams are cut: %s', async (_what, data, revoked) => {
  const { heard } = await join();
  const { id } = await fixtures.addToken({ accountId, gatewayId });
  await change((transaction) => transaction.authenticationToken.update({ where: { id }, data }));
  expect(heard).toMatchObject([{ kind: 'token', subjectId: id, revoked }]);
});

test('what the data plane does not go by is no change', async () => {
  const { heard } = await join();
  const { id } = await fixtures.addToken({ accountId, gatewayId });
  await change((transaction) => transaction.authenticationToken.update({ where: { id }, data: { name: 'new name' } }));
  await change((transaction) =>
    transaction.gateway.update({ where: { id: gatewayId }, data: { lastRequestAt: new Date() } }),
  );
  expect(heard).toEqual([]);
});

test('providers and models are changes of their gateway; a deleted gateway takes its tokens along', async () => {
  const { heard } = await join();
  const { id } = await fixtures.addGateway(accountId, 'other');
  const provider = await fixtures.addProvider({ gatewayId: id, kind: 'openai', key: 'sk', models: ['a'] });
  await change((transaction) => transaction.model.deleteMany({ where: { providerId: provider.id } }));
  expect(heard.every((heardOf) => heardOf.subjectId === id && !heardOf.revoked)).toBe(true);
  expect(heard.length).toBeGreaterThanOrEqual(2);
  const token = await fixtures.addToken({ accountId, gatewayId: id });
  heard.length = 0;
  await change((transaction) => transaction.gateway.delete({ where: { id } }));
  const revoked = heard.filter((heardOf) => heardOf.revoked).map(({ subjectId }) => subjectId);
  expect(revoked.toSorted()).toEqual([id, token.id].toSorted());
});

test('a connection that is cut is made again, and nothing that happened meanwhile is missed', async () => {
  const { member, heard, countJoins } = await join();
  await fixtures.db.$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'latchkey-proxy-lease' AND datname = current_database()`;
  const { id } = await fixtures.addToken({ accountId, gatewayId });
  await deleteToken(id);
  await expect.poll(() => heard.map(({ subjectId }) => subjectId)).toContain(id);
  await expect.poll(() => member.isTrusted()).toBe(true);
  // Only what was opened before the first lease may not go on.
  expect(countJoins()).toBe(1);
});

test('the first lease is waited for, and not without end', async () => {
  const events = { onChange: () => {}, onJoin: () => {}, onLapse: () => {}, onGap: () => {} };
  const member = new Membership(embeddedUrls(databaseUrl).proxy, events);
  const cutOff = new Membership('postgresql://nobody@127.0.0.1:1/nothing', events);
  members.push(member, cutOff);
  member.start();
  cutOff.start();
  await member.untilHeld(60_000);
  expect(member.isTrusted()).toBe(true);
  await cutOff.untilHeld(100);
  expect(cutOff.isTrusted()).toBe(false);
});

test('a table that was emptied at once is heard of as a change of everything', async () => {
  const { heard } = await join();
  await change((transaction) => transaction.$executeRaw`TRUNCATE authentication_token`);
  expect(heard).toMatchObject([{ kind: 'everything', revoked: true }]);
});

test('a database that is older than what was read from it is noticed', async () => {
  const { gaps, heard } = await join();
  const token = await fixtures.addToken({ accountId, gatewayId });
  await fixtures.db.$executeRaw`DELETE FROM change_event`;
  await fixtures.db.$executeRaw`SELECT setval('change_event_id_seq', 1, false)`;
  await expect.poll(() => gaps.length).toBeGreaterThan(0);
  await deleteToken(token.id);
  expect(heard.at(-1)).toMatchObject({ subjectId: token.id });
});

test('the receipt names a worker that is cut off, also if its lease ran out before', async () => {
  await fixtures.db.$executeRaw`DELETE FROM proxy_member`;
  await fixtures.db.$executeRaw`INSERT INTO proxy_member (id, lease_until, applied_event_id)
    VALUES (gen_random_uuid(), clock_timestamp() - interval '10 seconds', 0)`;
  const { id } = await fixtures.addToken({ accountId, gatewayId });
  expect(await deleteToken(id)).toMatchObject({ confirmed: 0, expired: 1 });
});
