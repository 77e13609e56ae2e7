import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openFixtures } from '#testing/fixtures.ts';
import { startProxy } from '#testing/processes.ts';
import { startTestCluster } from '#testing/test-cluster.ts';
import { startDeadProxy } from './dead-proxy.ts';
import { prefixFor } from './host-names.ts';
import { PROVIDER_KEY, startProvider } from './provider.ts';
import { openTap } from './tap.ts';
import { startWebPages } from './web-pages.ts';

/** The gateway's name is the same in every run, so that a line in a hosts file can name it. */
const ACCOUNT_ID = 123456;

/** A form of the gateway's address, and what must stand before a command that calls it; null where nothing helps. */
export type Address = { form: 'path' | 'host'; url: string; prefix: string[] | null };

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** The product with a gateway of three providers, a token, and a tap that sees what clients send. */
export async function openStage() {
  const provider = await startProvider();
  const cluster = await startTestCluster();
  const fixtures = openFixtures(cluster.url);
  const { id: accountId } = await fixtures.addAccount(ACCOUNT_ID);
  const [listed, unlisted] = [await startWebPages(), await startWebPages()];
  const gateway = await fixtures.addGateway(accountId, 'clients');
  const providers = [
    { kind: 'openai', baseUrl: `${provider.url}/v1`, models: ['gpt-5', 'text-embedding-3-small', 'whisper-1'] },
    { kind: 'anthropic', baseUrl: `${provider.url}/v1`, models: ['claude-sonnet-5-5', 'claude-haiku-5-5'] },
    { kind: 'gemini', baseUrl: provider.url, models: ['gemini-2.5-flash', 'gemini-embedding-001'] },
  ] as const;
  for (const { models, ...rest } of providers) {
    await fixtures.addProvider({ gatewayId: gateway.id, key: PROVIDER_KEY, models: [...models], ...rest });
  }
  await fixtures.db.gateway.update({ where: { id: gateway.id }, data: { corsOrigins: [listed.origin] } });
  const { token } = await fixtures.addToken({ accountId, gatewayId: gateway.id });
  const proxy = await startProxy({ databaseUrl: cluster.url });
  const tap = await openTap(proxy.port);
  const deadProxy = await startDeadProxy();
  const directory = await mkdtemp(path.join(os.tmpdir(), 'latchkey-clients-'));
  const hostName = `${gateway.slug}.ai-gateway.localhost`;
  const addresses: Address[] = [
    { form: 'path', url: `http://localhost:${tap.port}/gateway/${gateway.slug}`, prefix: [] },
    { form: 'host', url: `http://${hostName}:${tap.port}`, prefix: await prefixFor(hostName, directory) },
  ];
  return {
    addresses,
    token,
    tap,
    deadProxyUrl: deadProxy.url,
    pages: { listed: listed.origin, unlisted: unlisted.origin },
    async close() {
      await tap.close();
      await deadProxy.close();
      await listed.close();
      await unlisted.close();
      await proxy.stop();
      await fixtures.close();
      await cluster.stop();
      await provider.stop();
      await rm(directory, { recursive: true });
    },
  };
}
