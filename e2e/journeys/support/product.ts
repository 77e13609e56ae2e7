import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { findFreePort } from '#lib/database/embedded.ts';
import { embeddedUrls } from '#lib/database/roles.ts';
import { waitUntilAnswers } from '#lib/process/readiness.ts';
import { TEST_SECRET } from '#testing/fixtures.ts';
import { startTestCluster } from '#testing/test-cluster.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** What the upstream answers to any chat. */
export const UPSTREAM_ANSWER = 'A language model predicts the next word.';

export type Product = {
  /** Where browsers and client apps reach it. */
  origin: string;
  databaseUrl: string;
  upstreamUrl: string;
  /** What console and proxy have written to their outputs. */
  logFile: string;
  stop(): Promise<void>;
};

/** The whole product on free ports, as `npm start` runs it: database, upstream, console, and the proxy in front. */
export async function startProduct(distDir: string): Promise<Product> {
  const cluster = await startTestCluster();
  const upstream = new LLMock({ host: '127.0.0.1', port: 0, logLevel: 'silent' });
  upstream.on({}, { content: UPSTREAM_ANSWER });
  upstream.mount('/v1/page', { handleRequest: answerWithPage });
  await upstream.start();
  const [consolePort, proxyPort] = [await findFreePort(), await findFreePort()];
  const consoleUrl = `http://127.0.0.1:${consolePort}`;
  const origin = `http://localhost:${proxyPort}`;
  const directory = await mkdtemp(path.join(os.tmpdir(), 'latchkey-journeys-'));
  const logFile = path.join(directory, 'product.log');
  const log = openSync(logFile, 'a');
  const env = {
    LATCHKEY_SECRET: TEST_SECRET,
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
    // The console checks endpoints as the proxy will when it dials them.
    UPSTREAM_ALLOWLIST: new URL(upstream.url).host,
  };
  const urls = embeddedUrls(cluster.url);
  const stopConsole = await run('console', consoleUrl, log, {
    ...env,
    DATABASE_URL: urls.console,
    NEXT_DIST_DIR: distDir,
    NEXTAUTH_URL: origin,
  });
  const stopProxy = await run('proxy', `http://127.0.0.1:${proxyPort}`, log, {
    ...env,
    DATABASE_URL: urls.proxy,
    CONSOLE_UPSTREAM: consoleUrl,
    PROXY_WORKERS: '2',
  });
  return {
    origin,
    databaseUrl: cluster.url,
    upstreamUrl: `${upstream.url}/v1`,
    logFile,
    async stop() {
      await stopProxy();
      await stopConsole();
      await upstream.stop();
      await cluster.stop();
      closeSync(log);
      // What is done in the background fails in the log alone.
      const logged = await readFile(logFile, 'utf8');
      if (logged.includes('permission denied for')) throw new Error(`A right in the database is missing:\n${logged}`);
      await rm(directory, { recursive: true });
    },
  };
}

/** What a provider can send that means harm: a page with a script. */
async function answerWithPage(_request: IncomingMessage, response: ServerResponse): Promise<true> {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<title>As sent</title><script>document.title = "The script ran"</script>');
  return true;
}

/**
 * Runs `bin/{name}.ts` until what it returns is called. Unlike `testing/processes.ts` it writes both outputs to a
 * file, because journeys read them in processes of their own.
 */
async function run(name: string, url: string, log: number, env: Record<string, string>): Promise<() => Promise<void>> {
  const child = fork(path.join(root, 'bin', `${name}.ts`), {
    env: { ...process.env, ...env, PORT: new URL(url).port },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', log, log, 'ipc'],
  });
  const exited = once(child, 'exit');
  const failed = exited.then(() => Promise.reject(new Error(`bin/${name}.ts ended at once`)));
  await Promise.race([waitUntilAnswers(url), failed]);
  // From here on its end is no error.
  failed.catch(() => {});
  return async () => {
    child.kill('SIGTERM');
    await exited;
  };
}
