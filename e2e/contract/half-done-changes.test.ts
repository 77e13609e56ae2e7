import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readState } from '#testing/database-state.ts';
import { type Change, GATEWAY_CHANGES, TOKEN_CHANGES } from '#testing/every-change.ts';
import { type Owner, openTokenActionStage, type TokenActionStage } from '#testing/token-action-stage.ts';

/** Of `publish_change` in the database: who holds it keeps all others from publishing what they changed. */
const PUBLISHING_LOCK = 'SELECT pg_advisory_xact_lock(7203421)';
/** Changes get as far as their record, sign-outs to the user's row. */
const RECORDS_LOCK = 'LOCK TABLE audit_event, "user" IN SHARE MODE';

const NOT_DONE = '"ok":false,"code":"unexpected"';

const SIGN_OUT: Change = ['signOutAction', () => ({})];

let stage: TokenActionStage;
let holder: Client;
beforeEach(async () => {
  stage = await openTokenActionStage();
  holder = new Client({ connectionString: stage.databaseUrl });
  await holder.connect();
});
afterEach(async () => {
  await holder.end();
  await stage.close();
});

/** A gateway for each change. Each token has an old secret that still works, so that it can be ended. */
async function addGateways(count: number): Promise<Owner[]> {
  const gateways = await Promise.all(Array.from({ length: count }, (_, at) => stage.addGateway(`gateway-${at}`)));
  await stage.db.$executeRaw`UPDATE authentication_token SET previous_hash = sha256(hash),
    previous_secret_id = gen_random_uuid(), previous_until = now() + interval '1 hour'`;
  return gateways;
}

/** Makes all changes at once; returns what the console answers. */
function changeAll(changes: Change[], gateways: Owner[]): Promise<[string, string][]> {
  return Promise.all(
    changes.map(async ([name, inputFor], at) => {
      const { text } = await stage.call(stage.client, name, inputFor(gateways[at] ?? stage.mine));
      return [name, text] as [string, string];
    }),
  );
}

async function lockedBy<Result>(lock: string, run: () => Promise<Result>): Promise<Result> {
  await holder.query('BEGIN');
  await holder.query(lock);
  try {
    return await run();
  } finally {
    await holder.query('ROLLBACK');
  }
}

/** Uses all connections of the console's pool for something else. */
async function changeOther() {
  const names = Array.from({ length: 20 }, () => randomUUID());
  const answers = await Promise.all(
    names.map((name) => {
      const input = { gatewayId: stage.mine.gatewayId, creationId: randomUUID(), names: [name], expiresAt: null };
      return stage.call(stage.client, 'createTokensAction', input);
    }),
  );
  for (const { text } of answers) expect(text).toContain('"ok":true');
  await stage.db.authenticationToken.deleteMany({ where: { name: { in: names } } });
  await stage.db.auditEvent.deleteMany({ where: { subjectName: { in: names } } });
}

/** Connections of the console that are within a transaction and do nothing. */
const left = () => stage.db.$queryRaw`
  SELECT state, query FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`;

test.each([
  ['tokens', TOKEN_CHANGES],
  ['gateways and sessions', [...GATEWAY_CHANGES, SIGN_OUT]],
])('no change of %s that took too long is made later, by whatever the console does next', async (_, changes) => {
  const gateways = await addGateways(changes.length);
  const before = await readState(stage.db);
  const answers = await lockedBy(RECORDS_LOCK, () => changeAll(changes, gateways));
  await changeOther();
  expect(await readState(stage.db)).toEqual(before);
  expect(await left()).toEqual([]);
  for (const [name, answer] of answers) expect([name, answer]).toEqual([name, expect.stringContaining(NOT_DONE)]);
});

test('a deletion that could not be published is not made by the creation that follows it', async () => {
  const { gatewayId, token } = stage.mine;
  const before = await readState(stage.db);
  const answer = await lockedBy(PUBLISHING_LOCK, () =>
    stage.call(stage.client, 'deleteTokensAction', { gatewayId, ids: [token.id] }),
  );
  await changeOther();
  expect(await readState(stage.db)).toEqual(before);
  expect(await left()).toEqual([]);
  expect(answer.text).toContain(NOT_DONE);
});
