import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ConsoleClient, listActions, listPages, openConsoleClient } from '#testing/console-client.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { type RunningProcess, startConsole } from '#testing/processes.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';

/** Acceptance K2, for all pages and actions that the build has, also those that come later. */
const EMAIL = 'admin@example.com';
const PASSWORD = 'correct horse battery';

let fixtures: Fixtures;
let console: RunningProcess;
let client: ConsoleClient;
/** Another account's. */
let stranger: { gatewayId: string; tokenId: string };

beforeAll(async () => {
  const databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  await fixtures.addUser((await fixtures.addAccount()).id, EMAIL, PASSWORD);
  const { id: accountId } = await fixtures.addAccount();
  const { id: gatewayId } = await fixtures.addGateway(accountId, 'planted-gateway');
  await fixtures.addProvider({ gatewayId, kind: 'openai', key: 'sk-planted', models: ['planted-model'] });
  const { id: tokenId } = await fixtures.addToken({ accountId, gatewayId, name: 'planted-token' });
  stranger = { gatewayId, tokenId };
  console = await startConsole({ databaseUrl });
  client = openConsoleClient(console.origin);
  await client.signIn(EMAIL, PASSWORD);
});
afterAll(async () => {
  await client.close();
  await console.stop();
  await fixtures.close();
});

/** Everything of it, as it is stored. */
const readAll = () =>
  fixtures.db.gateway.findUnique({
    where: { id: stranger.gatewayId },
    include: { tokens: true, providers: { include: { models: true } } },
  });

test('no page shows what another account has', async () => {
  const pages = (await listPages(stranger.gatewayId)).filter((page) => page.includes(stranger.gatewayId));
  expect(pages.length).toBeGreaterThan(2);
  for (const page of pages) {
    for (const headers of [{}, { rsc: '1' }] as Record<string, string>[]) {
      const { status, text } = await client.ask(page, { headers });
      expect([page, status]).toEqual([page, headers.rsc ? status : 404]);
      expect([page, text.includes('planted')]).toEqual([page, false]);
    }
  }
});

test('no action changes what another account has, whatever its input is called', async () => {
  const before = await readAll();
  const { gatewayId, tokenId } = stranger;
  const off = {
    authenticated: false,
    status: 'DISABLED',
    originsAdded: ['*'],
    seen: [],
    providers: [],
    name: 'changed',
  };
  const ofOneself = ['createGatewayAction', 'signOutAction', 'endOtherSessionsAction'];
  const actions = await listActions(gatewayId);
  for (const action of actions.filter(({ name }) => !ofOneself.includes(name))) {
    for (const ids of [[gatewayId], [tokenId]]) {
      const input = { ...off, kind: 'openai', key: '', gatewayId, tokenId, id: ids[0], ids };
      const { text } = await client.callAction(action, JSON.stringify([input]));
      // That one changes nothing: it says that there is no key to try.
      const nothing = action.name === 'checkProviderAction' ? '"outcome":"noKey"' : '"ok":false';
      expect([action.name, text]).toEqual([action.name, expect.stringContaining(nothing)]);
      expect([action.name, text]).toEqual([action.name, expect.not.stringContaining('planted')]);
    }
  }
  expect(await readAll()).toEqual(before);
});
