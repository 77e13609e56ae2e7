import { afterEach, beforeEach, expect, test } from 'vitest';
import { readState } from '#testing/database-state.ts';
import { GATEWAY_CHANGES, TOKEN_CHANGES } from '#testing/every-change.ts';
import {
  addGateways,
  changeAll,
  changeOther,
  countOpen,
  holdLock,
  NOT_DONE,
  PUBLISHING_LOCK,
  RECORDS_LOCK,
  SIGN_OUT,
} from '#testing/held-changes.ts';
import { openTokenActionStage, type TokenActionStage } from '#testing/token-action-stage.ts';

let stage: TokenActionStage;
beforeEach(async () => {
  stage = await openTokenActionStage();
});
afterEach(() => stage.close());

test.each([
  ['tokens', RECORDS_LOCK, TOKEN_CHANGES],
  ['gateways and sessions', RECORDS_LOCK, [...GATEWAY_CHANGES, SIGN_OUT]],
  ['what proxies must hear of', PUBLISHING_LOCK, TOKEN_CHANGES.filter(([name]) => !/create|undo/.test(name))],
])('no change of %s that took too long is made later, by whatever the console does next', async (_, lock, changes) => {
  const gateways = await addGateways(stage, changes);
  const before = await readState(stage.db);
  const release = await holdLock(stage.databaseUrl, lock);
  const answers = await changeAll(stage, changes, gateways);
  await release();
  await changeOther(stage);
  expect(await readState(stage.db)).toEqual(before);
  expect(await countOpen(stage.db)).toBe(0);
  for (const name in answers) expect([name, answers[name]]).toEqual([name, expect.stringContaining(NOT_DONE)]);
});
