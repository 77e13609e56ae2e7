import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { expect } from 'vitest';
import type { PrismaClient } from '#prisma/client.ts';
import type { Change } from './every-change.ts';
import type { Owner, TokenActionStage } from './token-action-stage.ts';

/** Of `publish_draft` in the database: who holds it keeps all others from publishing what they changed. */
export const PUBLISHING_LOCK = 'SELECT pg_advisory_xact_lock(7203421)';
/** Changes get as far as their record, sign-outs to the user's row. */
export const RECORDS_LOCK = 'LOCK TABLE audit_event, "user" IN SHARE MODE';

/** What an action answers that did nothing. */
export const NOT_DONE = '"ok":false,"code":"unexpected"';
export const OUTCOME_UNKNOWN = '"ok":false,"code":"outcomeUnknown"';

export const SIGN_OUT: Change = ['signOutAction', () => ({})];

/** Holds a lock from a connection of its own; returns what lets go of it. */
export async function holdLock(databaseUrl: string, lock: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('BEGIN');
  await client.query(lock);
  return () => client.end();
}

/** A gateway of `mine` for each change. Each token has an old secret that still works and looks like it in lists. */
export async function addGateways(stage: TokenActionStage, changes: Change[]): Promise<Owner[]> {
  const gateways = await Promise.all(changes.map(([name]) => stage.addGateway(name)));
  await stage.db.$executeRaw`UPDATE authentication_token SET previous_hash = sha256(hash),
    previous_secret_id = gen_random_uuid(), previous_until = now() + interval '1 hour',
    previous_first_chars = first_chars, previous_last_chars = last_chars`;
  return gateways;
}

/** Makes all changes at once, each in its gateway; returns what the console answers, by the action's name. */
export async function changeAll(stage: TokenActionStage, changes: Change[], gateways: Owner[]) {
  const answers = changes.map(async ([name, inputFor], at) => {
    const { text } = await stage.call(stage.client, name, inputFor(gateways[at] ?? stage.mine));
    return [name, text] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
}

/** Uses all connections of the console's pool for something else, of which nothing is left. */
export async function changeOther(stage: TokenActionStage): Promise<void> {
  const { gatewayId } = stage.mine;
  const names = Array.from({ length: 20 }, () => randomUUID());
  const answers = await Promise.all(
    names.map((name) => {
      const input = { gatewayId, creationId: randomUUID(), names: [name], expiresAt: null };
      return stage.call(stage.client, 'createTokensAction', input);
    }),
  );
  for (const { text } of answers) expect(text).toContain('"ok":true');
  await stage.db.authenticationToken.deleteMany({ where: { name: { in: names } } });
  await stage.db.auditEvent.deleteMany({ where: { subjectName: { in: names } } });
}

/** How many connections are within a transaction and do nothing. */
export async function countOpen(db: PrismaClient): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'`;
  return Number(row?.count);
}

/** How many connections wait for a lock. */
export async function countWaiting(db: PrismaClient): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return Number(row?.count);
}
