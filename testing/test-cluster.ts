import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedDatabase } from '#lib/database/embedded.ts';
import { prepareDatabase } from '#lib/database/prepare.ts';
import { closeDatabase, embeddedUrls } from '#lib/database/roles.ts';
import { childPids } from './child-processes.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated, empty database that tests copy and leave as it is. */
    templateDatabaseUrl: string;
  }
}

/** A PostgreSQL of this test run's own, on a fresh port and directory. */
export async function startTestCluster() {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'latchkey-test-'));
  // Under root, PostgreSQL runs as another account, which must be able to enter.
  await chmod(directory, 0o711);
  const cluster = await startEmbeddedDatabase(directory);
  await prepareDatabase(embeddedUrls(cluster.url), true);
  const readPids = async () => {
    const [pid] = (await readFile(path.join(cluster.home, 'postgresql/postmaster.pid'), 'utf8')).split('\n');
    return [Number(pid), ...(await childPids(Number(pid)))];
  };
  return {
    url: cluster.url,
    async stop() {
      await cluster.stop();
      await rm(directory, { recursive: true, force: true });
    },
    /** Ends the server until `comeBack`. */
    goAway: () => cluster.stop(),
    comeBack: () => startEmbeddedDatabase(directory, Number(new URL(cluster.url).port)),
    /** Holds all its processes until `thaw`: it accepts connections, and answers nothing. */
    async freeze() {
      for (const pid of await readPids()) process.kill(pid, 'SIGSTOP');
    },
    async thaw() {
      for (const pid of await readPids()) process.kill(pid, 'SIGCONT');
    },
  };
}

/** A copy of the template database under a fresh name; returns its connection string. */
export async function createTestDatabase(templateUrl: string): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const admin = new Client({ connectionString: withDatabase(templateUrl, 'postgres') });
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE latchkey`);
    // What a database is made from passes on who may do what in it, and not who may enter.
    await closeDatabase(admin, name);
  } finally {
    await admin.end();
  }
  return withDatabase(templateUrl, name);
}

function withDatabase(url: string, name: string): string {
  const target = new URL(url);
  target.pathname = `/${name}`;
  return target.href;
}

/** Vitest's global set-up. */
export default async function setup(project: TestProject) {
  const cluster = await startTestCluster();
  project.provide('templateDatabaseUrl', cluster.url);
  return () => cluster.stop();
}
