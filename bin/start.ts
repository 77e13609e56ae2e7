import path from 'node:path';
import { findFreePort } from '#lib/database/embedded.ts';
import { pointDemoProvidersAt, seedFirstRun } from '#lib/database/seed.ts';
import { openDb } from '#lib/db.ts';
import { ConfigurationError, type Env, env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { bareEnvironment, serverEnvironment } from '#lib/process/child-environment.ts';
import { launchModule } from '#lib/process/launch-module.ts';
import { waitUntilAnswers } from '#lib/process/readiness.ts';
import { stopRequested } from '#lib/process/stop-request.ts';
import { type SupervisedProcess, supervise } from '#lib/process/supervise.ts';
import { openKeyRing } from '#lib/providers/key-ring.ts';
import { assertKeysOpen } from '#lib/start/check-secret.ts';
import { type OpenedDatabase, openDatabase } from '#lib/start/database.ts';
import { assertCanListen } from '#lib/start/preflight.ts';
import { warnOfUnlimited } from '#lib/start/role-warning.ts';
import { describeStart } from '#lib/start/summary.ts';
import { ensureConsoleBuild } from '#scripts/build-console.ts';
import { withProgress } from '#scripts/progress.mjs';

/** How long a process other than the proxy may take to end; the proxy has `DRAIN_TIMEOUT_MS`. */
const STOP_GRACE_MS = 5_000;

const root = path.resolve(import.meta.dirname, '..');

/** What was started, in order; it is stopped in reverse. */
const started: { name: string; stop(): Promise<void> }[] = [];

let stopping = false;

const databaseWatch = {
  onRestart: () => console.error('The database ended by itself; it starts again.'),
  onLost() {
    console.error('Another Latchkey has taken over the database; this one stops.');
    stop();
  },
};

stopRequested(() => process.exit(130)).then(stop);
try {
  await start(env());
} catch (error) {
  const expected = error instanceof ConfigurationError || error instanceof AppError;
  console.error(expected ? error.message : error);
  await stopAll();
  process.exit(1);
}

async function start(settings: Env): Promise<void> {
  const dataDir = path.resolve(root, settings.LATCHKEY_DATA_DIR);
  const demo = settings.DEMO ?? settings.DATABASE_URL === undefined;
  const consoleOrigin = settings.CONSOLE_ORIGIN ?? `http://localhost:${settings.PORT}`;
  await assertCanListen(settings.PORT, settings.HOST);

  const database = await withProgress('Opening the database', () =>
    openDatabase(settings, dataDir, { watch: databaseWatch }),
  );
  started.push({ name: 'database', stop: database.close });
  if (database.home !== null && database.home !== dataDir) {
    console.log(`  the data is in ${database.home}: PostgreSQL's account cannot reach ${dataDir}`);
  }
  warnOfUnlimited(database.unlimited);
  await ensureConsoleBuild(process.env.NEXT_DIST_DIR ?? '.next');

  const { firstRun, demoUrl } = await prepareData(settings, database, demo);
  const processEnv = {
    ...serverEnvironment(),
    NODE_ENV: 'production' as const,
    LATCHKEY_SECRET: database.secret,
    CONSOLE_ORIGIN: settings.CONSOLE_ORIGIN ?? '',
  };
  // Its only client is our proxy, which says whom it asks for.
  const consoleEnv = {
    ...processEnv,
    DATABASE_URL: database.urls.console,
    NEXTAUTH_URL: consoleOrigin,
    TRUSTED_PROXIES: '127.0.0.1,::1',
  };
  const consoleUrl = await runOnLoopback('console', consoleEnv);
  run('proxy', settings.DRAIN_TIMEOUT_MS + STOP_GRACE_MS, {
    ...processEnv,
    DATABASE_URL: database.urls.proxy,
    CONSOLE_UPSTREAM: consoleUrl,
    UPSTREAM_ALLOWLIST: [...settings.UPSTREAM_ALLOWLIST, ...(demoUrl ? [new URL(demoUrl).host] : [])].join(','),
  });
  const host = settings.HOST.includes(':') ? `[${settings.HOST}]` : settings.HOST;
  await waitUntilAnswers(`http://${host}:${settings.PORT}/sign-in`);

  const { ADMIN_EMAIL: adminEmail, GATEWAY_DOMAIN: gatewayDomain } = settings;
  const passwordGiven = settings.ADMIN_PASSWORD !== undefined;
  console.log(describeStart({ consoleOrigin, gatewayDomain, adminEmail, passwordGiven, firstRun, demo }));
}

/** Seeds an empty database, and starts the demo upstream where it is wanted. */
async function prepareData(settings: Env, { urls, secret }: OpenedDatabase, demo: boolean) {
  const db = openDb(urls.owner);
  try {
    const { ADMIN_EMAIL: adminEmail, ADMIN_PASSWORD: adminPassword } = settings;
    await assertKeysOpen(urls.owner, openKeyRing(secret, settings.LATCHKEY_SECRET_PREVIOUS));
    const firstRun = await seedFirstRun(db, { adminEmail, adminPassword, demo, secret });
    if (!demo) return { firstRun, demoUrl: null };
    const demoUrl = await runOnLoopback('demo-upstream', { ...bareEnvironment(), NODE_ENV: 'production' });
    await pointDemoProvidersAt(db, `${demoUrl}/v1`);
    return { firstRun, demoUrl };
  } finally {
    await db.$disconnect();
  }
}

/** Runs `bin/{name}.ts` on a free port of loopback and waits until it answers; returns its origin. */
async function runOnLoopback(name: string, processEnv: NodeJS.ProcessEnv): Promise<string> {
  const port = await findFreePort();
  run(name, STOP_GRACE_MS, { ...processEnv, HOST: '127.0.0.1', PORT: String(port) });
  const origin = `http://127.0.0.1:${port}`;
  await waitUntilAnswers(origin);
  return origin;
}

function run(name: string, graceMs: number, processEnv: NodeJS.ProcessEnv): void {
  const modulePath = path.join(root, 'bin', `${name}.ts`);
  const child: SupervisedProcess = supervise(
    () => launchModule(modulePath, processEnv),
    (outcome, pauseMs) => console.error(`The ${name} ${outcome}; it starts again in ${pauseMs} ms.`),
  );
  started.push({ name, stop: () => child.stop(graceMs) });
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  console.log('\nStopping: open requests are finished first. Ctrl-C again stops at once.');
  await stopAll();
  process.exit(0);
}

async function stopAll(): Promise<void> {
  for (const { name, stop } of started.reverse()) {
    await stop().catch((error: unknown) => console.error(`The ${name} could not be stopped:`, error));
  }
}
