import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Action, type ConsoleClient, listActions, openConsoleClient } from '#e2e/support/console-client.ts';
import { type Fixtures, openFixtures } from '#e2e/support/fixtures.ts';
import { type RunningProcess, startConsole } from '#e2e/support/processes.ts';
import { createTestDatabase } from '#e2e/support/test-cluster.ts';
import { hashToken } from '#lib/tokens/secret.ts';

/** Acceptance groups K and L for every action of the Authentication token tab. */
const PASSWORD = 'correct horse battery';

type Owner = { email: string; accountId: number; gatewayId: string; token: { id: string; token: string } };

let fixtures: Fixtures;
let console: RunningProcess;
let actions: Action[];
let mine: Owner;
let theirs: Owner;
/** Signed in as `mine`. */
let client: ConsoleClient;
beforeAll(async () => {
  const databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  mine = await addOwner('mine@example.com');
  theirs = await addOwner('theirs@example.com');
  actions = await listActions(mine.gatewayId);
  console = await startConsole({ databaseUrl });
  client = openConsoleClient(console.origin);
  await client.signIn(mine.email, PASSWORD);
});
afterAll(async () => {
  await client.close();
  await console.stop();
  await fixtures.close();
});

async function addOwner(email: string): Promise<Owner> {
  const { id: accountId } = await fixtures.addAccount();
  await fixtures.addUser(accountId, email, PASSWORD);
  const { id: gatewayId } = await fixtures.addGateway(accountId, 'demo-gateway');
  return { email, accountId, gatewayId, token: await fixtures.addToken({ accountId, gatewayId, name: 'planted' }) };
}

/** Every action that changes something, with an input that would change the owner's token. */
const changes: [string, (owner: Owner) => Record<string, unknown>][] = [
  ['createTokensAction', (owner) => ({ ...at(owner), creationId: randomUUID(), names: ['made'], expiresAt: null })],
  ['deleteTokensAction', (owner) => ({ ...at(owner), ids: [owner.token.id] })],
  ['setTokenStatusAction', (owner) => ({ ...at(owner), ids: [owner.token.id], status: 'DISABLED' })],
  ['setTokenExpiryAction', (owner) => ({ ...at(owner), ids: [owner.token.id], expiresAt: '2099-01-01T00:00:00Z' })],
  ['rotateTokenAction', (owner) => ({ ...at(owner), id: owner.token.id, rotationId: randomUUID(), overlap: 'none' })],
  ['endPreviousSecretAction', (owner) => ({ ...at(owner), id: owner.token.id })],
];

const at = ({ gatewayId }: Owner) => ({ gatewayId });

function call(by: ConsoleClient, name: string, input: unknown, headers: Record<string, string | null> = {}) {
  const action = actions.find((candidate) => candidate.name === name);
  if (!action) throw new Error(`there is no action ${name}`);
  return by.callAction(action, JSON.stringify([input]), headers);
}

/** All that an action could have changed. */
async function readAll(owner: Owner) {
  const { db } = fixtures;
  const where = { accountId: owner.accountId };
  return {
    tokens: await db.authenticationToken.findMany({ where, orderBy: { id: 'asc' } }),
    deleted: await db.deletedToken.findMany({ where }),
    audit: await db.auditEvent.count({ where }),
  };
}

describe.each(changes)('%s', (name, inputFor) => {
  test('changes nothing without a session', async () => {
    const before = await readAll(mine);
    const stranger = openConsoleClient(console.origin);
    const answer = await call(stranger, name, inputFor(mine));
    expect(answer.text).toContain('{"ok":false,"code":"sessionEnded"}');
    await stranger.close();
    expect(await readAll(mine)).toEqual(before);
  });

  test("changes nothing of another account, by its gateway or through one's own", async () => {
    const before = await readAll(theirs);
    const aimed = inputFor(theirs);
    // A creation names no token, so through one's own gateway it is nobody else's.
    const inputs = name === 'createTokensAction' ? [aimed] : [aimed, { ...aimed, ...at(mine) }];
    for (const input of inputs) {
      const { status, text } = await call(client, name, input);
      expect(status).toBe(200);
      expect(text).toMatch(/"ok":false,"code":"(tokensNotFound|gatewayNotFound)"/);
    }
    expect(await readAll(theirs)).toEqual(before);
  });

  test.each([null, 'https://evil.example'])('with the Origin %s is 403 and changes nothing', async (origin) => {
    const before = await readAll(mine);
    expect((await call(client, name, inputFor(mine), { origin })).status).toBe(403);
    expect(await readAll(mine)).toEqual(before);
  });

  test('an input that no page sends is refused in words', async () => {
    const before = await readAll(mine);
    const good = inputFor(mine);
    const wrong = ['\0', '\ud800', { not: '' }, [], null, -1, 'W'.repeat(100_000)];
    const inputs = [
      ...wrong,
      ...Object.keys(good).flatMap((key) =>
        wrong.filter((value) => key !== 'expiresAt' || value !== null).map((value) => ({ ...good, [key]: value })),
      ),
    ];
    for (const input of inputs) {
      const { status, text } = await call(client, name, input);
      expect([JSON.stringify(input).slice(0, 80), status]).toEqual([JSON.stringify(input).slice(0, 80), 200]);
      expect(text).toContain('"ok":false,"code":"invalid"');
    }
    expect(await readAll(mine)).toEqual(before);
  });
});

test('no answer but that of a creation and a rotation holds a secret, and none a hash', async () => {
  const { token } = mine;
  for (const name of ['setTokenStatusAction', 'setTokenExpiryAction', 'deleteTokensAction']) {
    const inputFor = changes.find(([candidate]) => candidate === name)?.[1];
    const { text } = await call(client, name, inputFor?.(mine));
    expect(text).toContain('"ok":true');
    expect(text).not.toMatch(/lk_[0-9A-Za-z]{49}/);
    expect(text).not.toContain(hashToken(token.token).toString('hex'));
    expect(text).not.toContain(token.token.slice(8, 40));
  }
});
