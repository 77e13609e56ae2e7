import { afterAll, beforeAll, expect, test } from 'vitest';
import { readState } from '#testing/database-state.ts';
import { type Change, GATEWAY_CHANGES, TOKEN_CHANGES } from '#testing/every-change.ts';
import {
  addGateways,
  changeAll,
  changeOther,
  countOpen,
  countWaiting,
  holdLock,
  NOT_DONE,
  RECORDS_LOCK,
  SIGN_OUT,
} from '#testing/held-changes.ts';
import { startTestCluster } from '#testing/test-cluster.ts';
import { openTokenActionStage, type TokenActionStage } from '#testing/token-action-stage.ts';

let cluster: Awaited<ReturnType<typeof startTestCluster>>;
let stage: TokenActionStage;

beforeAll(async () => {
  cluster = await startTestCluster();
  stage = await openTokenActionStage({ databaseUrl: cluster.url });
});
afterAll(async () => {
  await stage.close();
  await cluster.stop();
});

test('a page does not wait for ever for a database that accepts and answers nothing, and comes when that is back', async () => {
  expect((await stage.client.ask('/audit')).status).toBe(200);
  await cluster.freeze();
  try {
    expect((await stage.client.ask('/audit')).status).toBe(500);
  } finally {
    await cluster.thaw();
  }
  expect((await stage.client.ask('/audit')).status).toBe(200);
});

/** Some of each kind: those of all kinds would be more than the console has connections. */
const CHANGES: Change[] = [...TOKEN_CHANGES.slice(0, 4), ...GATEWAY_CHANGES.slice(0, 3), SIGN_OUT];

test('what the database froze within is said not to be done, and is not done later', async () => {
  const gateways = await addGateways(stage, CHANGES);
  const before = await readState(stage.db);
  const release = await holdLock(cluster.url, RECORDS_LOCK);
  const answering = changeAll(stage, CHANGES, gateways);
  await expect.poll(() => countWaiting(stage.db)).toBe(CHANGES.length);
  await cluster.freeze();
  const answers = await answering.finally(() => cluster.thaw());
  await release();
  await changeOther(stage);
  expect(await readState(stage.db)).toEqual(before);
  expect(await countOpen(stage.db)).toBe(0);
  for (const name in answers) expect([name, answers[name]]).toEqual([name, expect.stringContaining(NOT_DONE)]);
});
