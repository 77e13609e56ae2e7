import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleClient, openConsoleClient } from '#testing/console-client.ts';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { type RunningProcess, startConsole } from '#testing/processes.ts';
import { startTestCluster } from '#testing/test-cluster.ts';

const EMAIL = 'admin@example.com';
const PASSWORD = 'correct horse battery';

let cluster: Awaited<ReturnType<typeof startTestCluster>>;
let fixtures: Fixtures;
let console: RunningProcess;
let client: ConsoleClient;

beforeAll(async () => {
  cluster = await startTestCluster();
  fixtures = openFixtures(cluster.url);
  await fixtures.addUser((await fixtures.addAccount()).id, EMAIL, PASSWORD);
  console = await startConsole({ databaseUrl: cluster.url });
  client = openConsoleClient(console.origin);
  await client.signIn(EMAIL, PASSWORD);
});
afterAll(async () => {
  await client.close();
  await console.stop();
  await fixtures.close();
  await cluster.stop();
});

test('a page does not wait for ever for a database that accepts and answers nothing, and comes when that is back', async () => {
  expect((await client.ask('/audit')).status).toBe(200);
  await cluster.freeze();
  try {
    expect((await client.ask('/audit')).status).toBe(500);
  } finally {
    await cluster.thaw();
  }
  expect((await client.ask('/audit')).status).toBe(200);
});
