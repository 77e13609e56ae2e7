import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { findFreePort } from '#lib/database/embedded.ts';
import { embeddedUrls } from '#lib/database/roles.ts';
import { waitUntilAnswers } from '#lib/process/readiness.ts';
import { TEST_SECRET } from './fixtures.ts';

const root = path.resolve(import.meta.dirname, '..');

export type RunningProcess = {
  origin: string;
  port: number;
  process: ChildProcess;
  /** What it has written to both its outputs: its log. */
  log(): string;
  /** SIGTERM; resolves with the exit code. Throws when a right in the database was missing. */
  stop(): Promise<number | null>;
};

export type ProcessOptions = {
  /** Of the owner, as tests have it. The process is given the one of its own role. */
  databaseUrl: string;
  /** On top of what tests share. */
  env?: Record<string, string>;
  /** An open file that its log goes to, instead of to `log()`. */
  logFile?: number;
};

/**
 * Runs `bin/proxy.ts` on a fresh port and waits until all its workers listen: two, unless `env` says otherwise.
 * Upstreams on loopback are allowed.
 */
export function startProxy(options: ProcessOptions): Promise<RunningProcess> {
  const databaseUrl = embeddedUrls(options.databaseUrl).proxy;
  return start('bin/proxy.ts', (child) => once(child, 'message'), { ...options, databaseUrl });
}

/** Runs the console of the build for tests on a fresh port and waits until it answers. */
export function startConsole(options: ProcessOptions): Promise<RunningProcess> {
  const urls = embeddedUrls(options.databaseUrl);
  // Its route for gateways is a proxy.
  const env = { PROXY_DATABASE_URL: urls.proxy, ...options.env };
  const isReady = (_child: ChildProcess, origin: string) => waitUntilAnswers(`${origin}/sign-in`);
  return start('bin/console.ts', isReady, { ...options, databaseUrl: urls.console, env });
}

async function start(
  file: string,
  waitUntilReady: (child: ChildProcess, origin: string) => Promise<unknown>,
  { databaseUrl, env, logFile }: ProcessOptions,
): Promise<RunningProcess> {
  const port = await findFreePort();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      NODE_ENV: 'production',
      NEXT_DIST_DIR: '.next-test',
      NEXT_TELEMETRY_DISABLED: '1',
      DATABASE_URL: databaseUrl,
      LATCHKEY_SECRET: TEST_SECRET,
      PORT: String(port),
      LOG_LEVEL: 'warn',
      UPSTREAM_ALLOWLIST: '127.0.0.1',
      PROXY_WORKERS: '2',
      ...env,
    },
    // The channel's end tells it that the test run is gone, however that ended.
    stdio: ['ignore', 'pipe', logFile ?? 'pipe', 'ipc'],
  });
  let log = '';
  for (const output of [child.stdout, child.stderr]) {
    output?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const exited = once(child, 'exit');
  const origin = `http://127.0.0.1:${port}`;
  const failed = exited.then(() => Promise.reject(new Error(`${file} ended at once:\n${log}`)));
  await Promise.race([waitUntilReady(child, origin), failed]);
  // From here on its end is no error.
  failed.catch(() => {});
  return {
    origin,
    port,
    process: child,
    log: () => log,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      // What is done in the background fails in the log alone.
      if (log.includes('permission denied for')) throw new Error(`${file} lacks a right in the database:\n${log}`);
      return child.exitCode;
    },
  };
}
