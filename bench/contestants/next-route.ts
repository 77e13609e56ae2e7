import { existsSync } from 'node:fs';
import path from 'node:path';
import { findFreePort } from '#lib/database/embedded.ts';
import { ensureConsoleBuild } from '#scripts/build-console.ts';
import type { Contestant } from '../contestant.ts';
import { startServer } from '../processes/server-process.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The tests' build, so that a running instance keeps its files. */
const DIST_DIR = '.next-test';

/** The same decision code behind a Next route handler, as it serves where only Next can run. */
export const contestant: Contestant = {
  name: 'next-route',
  description: 'the route handler in the console (bin/console.ts, production build), with its PostgreSQL',
  async prepare() {
    if (!existsSync(path.join(root, 'app/gateway/[gateway]/[...path]/route.ts'))) {
      return { unavailable: 'this checkout has no such route' };
    }
    try {
      await ensureConsoleBuild(DIST_DIR);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      return { unavailable: 'the console does not build' };
    }
    const { version }: { version: string } = (await import('next/package.json', { with: { type: 'json' } })).default;
    return { version: `Next ${version}, Node ${process.version}` };
  },
  async start(context) {
    const tenant = await context.tenant();
    const port = await findFreePort();
    const origin = `http://127.0.0.1:${port}`;
    const args = ['--disable-warning=ExperimentalWarning', path.join(root, 'bin/console.ts')];
    const served = { CONSOLE_SERVES_GATEWAYS: 'on', NEXT_DIST_DIR: DIST_DIR };
    const env = { ...tenant.env, ...served, HOST: '127.0.0.1', PORT: String(port) };
    const logFile = path.join(context.workDir, 'next-route.log');
    const command = { command: process.execPath, args, env, readyUrl: `${origin}/icon.svg`, logFile };
    const { pid, stop } = await startServer(command, context.cleanup);
    return {
      origin,
      path: tenant.path,
      headers: tenant.headers,
      pids: () => [pid],
      databasePids: () => [tenant.databasePid],
      stop,
    };
  },
};
