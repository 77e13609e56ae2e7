import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort } from '#lib/database/embedded.ts';
import { generateToken } from '#lib/tokens/secret.ts';
import { type ChildInfo, listChildren } from '#testing/child-processes.ts';
import { TEST_DIST_DIR } from '#testing/console-build.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');

let dataDir: string;
let port: number;

beforeAll(async () => {
  const home = await mkdtemp(path.join(os.tmpdir(), 'latchkey start '));
  // Under root, PostgreSQL runs as another account, which must be able to enter.
  await chmod(home, 0o711);
  dataDir = path.join(home, 'data');
  port = await findFreePort();
});
afterAll(() => rm(path.dirname(dataDir), { recursive: true, force: true }));

describe('first start', () => {
  let started: Started;
  beforeAll(async () => {
    started = await start({});
  });

  test('prints two calls that answer as they stand', async () => {
    const calls = started.output.match(/curl(?:.*\\\n)*.*/g) ?? [];
    expect(calls).toHaveLength(2);
    for (const call of calls) {
      const { stdout } = await run('bash', ['-c', call]);
      expect(JSON.parse(stdout).choices[0].message.content).toContain('You asked: What is AI?');
    }
  });

  test('prints a password once, and keeps the made secret from others', async () => {
    expect(started.output).toMatch(/admin@latchkey\.local {3}password \S{16} {3}\(shown this once\)/);
    expect((await stat(path.join(dataDir, 'secret'))).mode & 0o777).toBe(0o600);
  });

  test('commands do their work beside it, and leave it running', async () => {
    expect(await runCommand('set-password')).toMatch(NEW_PASSWORD);
    const previous = { LATCHKEY_SECRET_PREVIOUS: Buffer.alloc(32, 'before').toString('base64') };
    expect(await runCommand('rotate-keys', previous)).toBe('0 keys are sealed under the new secret.\n');
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  });

  test('a second Latchkey on the same port is refused in one line', async () => {
    const { code, errors } = await startAndFail({ LATCHKEY_DATA_DIR: `${dataDir}-other` });
    expect(code).toBe(1);
    expect(errors).toMatch(new RegExp(`^PORT ${port} on 127\\.0\\.0\\.1 is taken by another program .*\\n$`));
    expect(await readdir(path.dirname(dataDir))).toEqual(['data']);
  });

  test('a second Latchkey on the same data is refused in one line, and the first goes on', async () => {
    const { code, errors } = await startAndFail({ PORT: String(await findFreePort()) });
    expect(code).toBe(1);
    expect(errors).toMatch(/^Latchkey already runs with the data in .*\n$/);
    expect((await fetch(`http://127.0.0.1:${port}/sign-in`)).status).toBe(200);
  });

  test('a database that was killed is started again, and calls are answered', async () => {
    const [pid] = (await readFile(path.join(dataDir, 'postgresql/postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGKILL');
    const token = /Bearer (lk_\w+)/.exec(started.output)?.[1] ?? '';
    const list = () => fetch(`${gateway()}/v1/models`, { headers: { authorization: `Bearer ${token}` } });
    const unknown = () => fetch(`${gateway()}/v1/models`, { headers: { authorization: `Bearer ${generateToken()}` } });
    // An unknown token is refused only by a database that is there.
    await expect.poll(async () => (await unknown()).status).toBe(401);
    expect((await list()).status).toBe(200);
  });

  test('while a console that was killed is away the gateway serves on, and it comes back', async () => {
    const children = await listChildren(started.process.pid ?? 0);
    const console = children.find(({ command }) => command.includes('bin/console.ts'));
    process.kill(console?.pid ?? 0, 'SIGKILL');
    const signIn = async () => (await fetch(`http://127.0.0.1:${port}/sign-in`)).status;
    await expect.poll(signIn).toBe(503);
    const token = /Bearer (lk_\w+)/.exec(started.output)?.[1] ?? '';
    const statuses = new Set<number>();
    do {
      const list = await fetch(`${gateway()}/v1/models`, { headers: { authorization: `Bearer ${token}` } });
      statuses.add(list.status);
    } while ((await signIn()) !== 200);
    expect([...statuses]).toEqual([200]);
  });

  test('SIGTERM ends everything that was started, with exit code 0', async () => {
    started.process.kill('SIGTERM');
    expect(await once(started.process, 'exit')).toEqual([0, null]);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    expect(await processesThatMention(dataDir)).toEqual([]);
  });

  test('a second start prints no secret, knows the token of the first, and ends with the npm that started it', async () => {
    const token = /Bearer (lk_\w+)/.exec(started.output)?.[1] ?? '';
    // npm signals the shell, and that passes nothing on.
    const shell = spawn(
      'sh',
      ['-c', `"${process.execPath}" --disable-warning=ExperimentalWarning bin/start.ts; true`],
      {
        cwd: root,
        env: { ...settingsFor({}), npm_lifecycle_event: 'start' },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    const output = await readUntilReady(shell);
    expect(output).not.toContain('password');
    expect(output).not.toMatch(/lk_/);
    const response = await fetch(`${gateway()}/deepseek/deepseek-chat/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'deepseek-chat', messages: [{ role: 'user', content: 'again' }] }),
    });
    expect(response.status).toBe(200);
    shell.kill('SIGTERM');
    await once(shell, 'exit');
    await expect.poll(() => processesThatMention(dataDir)).toEqual([]);
  });
});

test('a secret that does not open the stored keys is refused before anything serves', async () => {
  const { code, errors } = await startAndFail({ LATCHKEY_SECRET: Buffer.alloc(32, 'other').toString('base64') });
  expect(code).toBe(1);
  expect(errors).toMatch(/^LATCHKEY_SECRET must be the one that the provider keys are sealed under\. .*\n$/);
});

test.each([
  ['a file', () => path.join(dataDir, 'secret')],
  ['a place where nothing can be made', () => '/proc/nowhere'],
])('a data directory that is %s is named in one line', async (_what, place) => {
  const { code, errors } = await startAndFail({ LATCHKEY_DATA_DIR: place() });
  expect(code).toBe(1);
  expect(errors).toMatch(/^LATCHKEY_DATA_DIR must be a directory that can be written; .* is not\.\n$/);
});

test('a lost password can be replaced', async () => {
  expect(await runCommand('set-password')).toMatch(NEW_PASSWORD);
});

test('a database that is not there is named without its password', async () => {
  const { code, errors } = await startAndFail({
    DATABASE_URL: `postgresql://someone:planted-password@127.0.0.1:${await findFreePort()}/latchkey`,
    LATCHKEY_SECRET: Buffer.alloc(32).toString('base64'),
  });
  expect(code).toBe(1);
  expect(errors).toMatch(
    /^DATABASE_URL: the database latchkey at 127\.0\.0\.1:\d+ does not answer .*ECONNREFUSED.*\n$/,
  );
  expect(errors).not.toContain('planted');
});

test('without the demo there is a sign-in and no call to paste', async () => {
  const started = await start({
    DEMO: 'off',
    LATCHKEY_DATA_DIR: `${dataDir}-without-demo`,
    ADMIN_PASSWORD: 'given-one',
  });
  expect(started.output).toContain('with the password in ADMIN_PASSWORD');
  expect(started.output).not.toContain('curl');
  started.process.kill('SIGTERM');
  await once(started.process, 'exit');
});

test.runIf(process.platform === 'linux')('no process is given a secret that it has no use for', async () => {
  const home = `${dataDir}-of-secrets`;
  const [password, secret] = ['planted-password', Buffer.alloc(32, 'planted').toString('base64')];
  const planted = { ADMIN_PASSWORD: password, LATCHKEY_SECRET: secret, OTHER_PROGRAMS_TOKEN: 'planted-token' };
  const started = await start({ LATCHKEY_DATA_DIR: home, PROXY_WORKERS: '1', ...planted });
  const [postmaster] = (await readFile(path.join(home, 'postgresql/postmaster.pid'), 'utf8')).split('\n');
  const processes = [...(await listBelow(started.process.pid ?? 0)), ...(await listBelow(Number(postmaster)))];
  // The server itself is nobody's child.
  processes.push({ pid: Number(postmaster), command: 'postmaster' });
  const holders = async (text: string) => {
    const held = await Promise.all(processes.map(({ pid }) => readFile(`/proc/${pid}/environ`, 'latin1')));
    const names = processes.map(({ command }) => /bin\/([\w-]+)\.ts/.exec(command)?.[1] ?? command);
    return names.filter((_name, at) => held[at]?.includes(text)).toSorted();
  };
  // PostgreSQL's others have written their titles over theirs.
  const readable = ['console', 'demo-upstream', 'postmaster', 'proxy', 'proxy-worker'];
  expect(await holders('PATH=')).toEqual(readable);
  expect(await holders(password)).toEqual([]);
  expect(await holders('planted-token')).toEqual([]);
  expect(await holders(secret)).toEqual(['console', 'proxy', 'proxy-worker']);
  // The same of the database: a role each, and none the owner's.
  expect(await holders(await readFile(path.join(home, 'postgresql-password'), 'utf8'))).toEqual([]);
  expect(await holders('postgresql://latchkey_console:')).toEqual(['console']);
  expect(await holders('postgresql://latchkey_proxy:')).toEqual(['proxy', 'proxy-worker']);
  started.process.kill('SIGTERM');
  await once(started.process, 'exit');
});

const NEW_PASSWORD = /^admin@latchkey\.local signs in with \S{16} now\.\n$/;

/** Runs one of the product's commands to its end; returns what it printed. */
async function runCommand(name: string, env: Record<string, string> = {}): Promise<string> {
  const file = `bin/${name}.ts`;
  const options = { cwd: root, env: settingsFor(env) };
  return (await run(process.execPath, ['--disable-warning=ExperimentalWarning', file], options)).stdout;
}

type Started = { process: ChildProcess; output: string };

/** Runs the product until it says how to stop it. */
async function start(env: Record<string, string>): Promise<Started> {
  const child = launch(env);
  return { process: child, output: await readUntilReady(child) };
}

async function readUntilReady(child: ChildProcess): Promise<string> {
  let output = '';
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      output += chunk;
      if (output.includes('Ctrl-C stops it.')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${output}${errors}`)));
  });
  return output;
}

async function startAndFail(env: Record<string, string>): Promise<{ code: number; errors: string }> {
  const child = launch(env);
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, errors };
}

function launch(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'bin/start.ts'], {
    cwd: root,
    env: settingsFor(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function settingsFor(env: Record<string, string>): NodeJS.ProcessEnv {
  const settings = {
    PORT: String(port),
    LATCHKEY_DATA_DIR: dataDir,
    NEXT_DIST_DIR: TEST_DIST_DIR,
    LOG_LEVEL: 'silent',
  };
  const { npm_lifecycle_event: _, ...inherited } = process.env;
  return { ...inherited, NODE_ENV: 'production', ...settings, ...env };
}

/** All that a process has started, and what those have. */
async function listBelow(parent: number): Promise<ChildInfo[]> {
  const children = await listChildren(parent);
  return [...children, ...(await Promise.all(children.map(({ pid }) => listBelow(pid)))).flat()];
}

function gateway(): string {
  return `http://127.0.0.1:${port}/gateway/user-123456-demo-gateway`;
}

/** Command lines of living processes that contain `text` (Linux; elsewhere there is no /proc and nothing is found). */
async function processesThatMention(text: string): Promise<string[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(text));
}
