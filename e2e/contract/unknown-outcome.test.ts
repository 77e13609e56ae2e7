import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { readState } from '#testing/database-state.ts';
import { GATEWAY_CHANGES, TOKEN_CHANGES } from '#testing/every-change.ts';
import { addGateways, changeAll, OUTCOME_UNKNOWN, SIGN_OUT } from '#testing/held-changes.ts';
import { type LossyRelay, startLossyRelay } from '#testing/lossy-relay.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { openTokenActionStage, type TokenActionStage } from '#testing/token-action-stage.ts';

let relay: LossyRelay;
let stage: TokenActionStage;
beforeAll(async () => {
  const databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  relay = await startLossyRelay(databaseUrl);
  stage = await openTokenActionStage({ databaseUrl, consoleDatabaseUrl: relay.url });
});
afterAll(async () => {
  await stage.close();
  await relay.close();
});

test.each([...TOKEN_CHANGES, ...GATEWAY_CHANGES, SIGN_OUT])(
  '%s does not say that it failed when it was done and the database could not say so',
  async (name, inputFor) => {
    const gateways = await addGateways(stage, [[name, inputFor]]);
    const before = await readState(stage.db);
    relay.loseCommits(true);
    const answers = await changeAll(stage, [[name, inputFor]], gateways);
    relay.loseCommits(false);
    expect(answers[name]).toContain(OUTCOME_UNKNOWN);
    expect(await readState(stage.db)).not.toEqual(before);
  },
);
