import { inject } from 'vitest';
import { deleteTokens } from '#lib/tokens/delete-tokens.ts';
import { type ConsoleClient, listActions, openConsoleClient } from './console-client.ts';
import { type Fixtures, openFixtures } from './fixtures.ts';
import { startConsole } from './processes.ts';
import { createTestDatabase } from './test-cluster.ts';

/** Of all owners. */
export const PASSWORD = 'correct horse battery';

export type Owner = {
  email: string;
  accountId: number;
  userId: string;
  gatewayId: string;
  /** Its name is the e-mail. */
  token: { id: string; token: string };
  /** Names the deletion of another token, which can be undone. */
  deletionId: string;
};

/** What is wrong for nearly every field of an action's input. */
export const WRONG_INPUTS = ['\0', '\ud800', { not: '' }, [], null, -1, 'W'.repeat(100_000)];

export type TokenActionStage = Awaited<ReturnType<typeof openTokenActionStage>>;

type StageOptions = {
  /** Migrated and empty; by default a fresh one. */
  databaseUrl?: string;
  /** Where the console finds that database, if there is something between. */
  consoleDatabaseUrl?: string;
  /** Settings of the console, on top of what tests share. */
  env?: Record<string, string>;
};

/** A console with two accounts, and somebody who is signed in to the first and calls its actions by hand. */
export async function openTokenActionStage({ consoleDatabaseUrl, env = {}, ...options }: StageOptions = {}) {
  const databaseUrl = options.databaseUrl ?? (await createTestDatabase(inject('templateDatabaseUrl')));
  const fixtures = openFixtures(databaseUrl);
  const mine = await addOwner(fixtures, 'mine@example.com');
  const theirs = await addOwner(fixtures, 'theirs@example.com');
  const actions = await listActions(mine.gatewayId);
  const console = await startConsole({ databaseUrl: consoleDatabaseUrl ?? databaseUrl, env });
  const client = openConsoleClient(console.origin);
  await client.signIn(mine.email, PASSWORD);
  const stranger = openConsoleClient(console.origin);
  return {
    databaseUrl,
    console,
    db: fixtures.db,
    fixtures,
    actions,
    addToken: ({ accountId, gatewayId }: Owner, name: string) => fixtures.addToken({ accountId, gatewayId, name }),
    addTokens: ({ accountId, gatewayId }: Owner, count: number) => fixtures.addTokens({ accountId, gatewayId }, count),
    mine,
    theirs,
    /** Another gateway of `mine`, with a token and a deletion of its own. */
    addGateway: (name: string) => fillGateway(fixtures, mine, name),
    /** Signed in as `mine`. */
    client,
    /** Signed in as nobody. */
    stranger,
    call(by: ConsoleClient, name: string, input: unknown, headers: Record<string, string | null> = {}) {
      const action = actions.find((candidate) => candidate.name === name);
      if (!action) throw new Error(`there is no action ${name}`);
      return by.callAction(action, JSON.stringify([input]), headers);
    },
    async close() {
      await client.close();
      await stranger.close();
      await console.stop();
      await fixtures.close();
    },
  };
}

async function addOwner(fixtures: Fixtures, email: string): Promise<Owner> {
  const { id: accountId } = await fixtures.addAccount();
  const { id: userId } = await fixtures.addUser(accountId, email, PASSWORD);
  return fillGateway(fixtures, { email, accountId, userId }, 'demo-gateway');
}

type User = Pick<Owner, 'email' | 'accountId' | 'userId'>;

async function fillGateway(fixtures: Fixtures, { email, accountId, userId }: User, name: string): Promise<Owner> {
  const { id: gatewayId } = await fixtures.addGateway(accountId, name);
  const deleted = await fixtures.addToken({ accountId, gatewayId, name: `${email}, deleted` });
  const session = { userId, accountId, email, sessionVersion: 1 };
  const deletion = await deleteTokens(fixtures.db, session, { gatewayId, ids: [deleted.id] });
  if (!deletion.ok) throw new Error(deletion.code);
  const token = await fixtures.addToken({ accountId, gatewayId, name: email });
  return { email, accountId, userId, gatewayId, token, deletionId: deletion.deletionId };
}
