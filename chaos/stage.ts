import path from 'node:path';
import type { Session } from '#lib/auth/credentials.ts';
import { findFreePort } from '#lib/database/embedded.ts';
import { embeddedUrls } from '#lib/database/roles.ts';
import { launchModule } from '#lib/process/launch-module.ts';
import { waitUntilAnswers } from '#lib/process/readiness.ts';
import { supervise } from '#lib/process/supervise.ts';
import { deleteTokens } from '#lib/tokens/delete-tokens.ts';
import { TEST_DIST_DIR } from '#testing/console-build.ts';
import { openFixtures, TEST_SECRET } from '#testing/fixtures.ts';
import { startProxy } from '#testing/processes.ts';
import { startTestCluster } from '#testing/test-cluster.ts';
import { startFaultyUpstream } from './upstream.ts';

/** How long remembered tokens count while the database is away; longer than it is ever away here. */
export const GRACE_SECONDS = 20;
const MODEL = 'deepseek-chat';

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** A PostgreSQL, a proxy with so many workers, a console, and a provider that faults when it is told to. */
export async function openStage(workers: number) {
  const cluster = await startTestCluster();
  const fixtures = openFixtures(cluster.url);
  const upstream = await startFaultyUpstream();
  const { id: accountId } = await fixtures.addAccount();
  const user = await fixtures.addUser(accountId, 'chaos@latchkey.local', 'a password');
  const gateway = await fixtures.addGateway(accountId, 'chaos');
  await fixtures.addProvider({
    gatewayId: gateway.id,
    kind: 'deepseek',
    baseUrl: upstream.origin,
    key: 'sk-chaos',
    models: [MODEL],
  });
  const console = await startConsole(cluster.url);
  const metricsPort = await findFreePort();
  const proxy = await startProxy({
    databaseUrl: cluster.url,
    env: {
      PROXY_WORKERS: String(workers),
      METRICS_PORT: String(metricsPort),
      CONSOLE_UPSTREAM: console.origin,
      AUTH_OUTAGE_GRACE_SECONDS: String(GRACE_SECONDS),
      LOG_LEVEL: 'error',
    },
  });
  const session: Session = { userId: user.id, accountId, email: user.email, sessionVersion: user.sessionVersion };
  const gatewayId = gateway.id;
  return {
    cluster,
    fixtures,
    proxy,
    console,
    accountId,
    gatewayId,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    path: `/gateway/${gateway.slug}/deepseek/${MODEL}/chat/completions`,
    addToken: () => fixtures.addToken({ accountId, gatewayId }),
    deleteToken: (id: string) => deleteTokens(fixtures.db, session, { gatewayId, ids: [id] }),
    /** Resolves when all workers hold a lease. */
    async untilTrusted(): Promise<void> {
      for (;;) {
        const live = await fixtures.db.proxyMember.count({ where: { leaseUntil: { gt: new Date() } } });
        if (live >= workers) return;
      }
    },
    async close() {
      await proxy.stop();
      await console.stop();
      await upstream.close();
      await fixtures.close();
      await cluster.stop();
    },
  };
}

/** As `bin/start.ts` runs it: started again when it ends. */
export async function startConsole(databaseUrl: string) {
  const port = await findFreePort();
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production' as const,
    NEXT_DIST_DIR: TEST_DIST_DIR,
    DATABASE_URL: embeddedUrls(databaseUrl).console,
    LATCHKEY_SECRET: TEST_SECRET,
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'silent',
  };
  let pid = 0;
  const modulePath = path.resolve(import.meta.dirname, '../bin/console.ts');
  const launch = () => {
    const child = launchModule(modulePath, env);
    pid = child.pid ?? 0;
    return child;
  };
  const supervised = supervise(launch, () => {});
  const origin = `http://127.0.0.1:${port}`;
  await waitUntilAnswers(origin);
  return { origin, pid: () => pid, stop: () => supervised.stop(5_000) };
}
