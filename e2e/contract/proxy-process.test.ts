import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findFreePort } from '#lib/database/embedded.ts';
import { embeddedUrls } from '#lib/database/roles.ts';
import { childPids } from '#testing/child-processes.ts';
import { TEST_SECRET } from '#testing/fixtures.ts';
import { type GatewayWorld, openGatewayWorld } from '#testing/gateway-world.ts';
import { listen } from '#testing/listen.ts';
import { type RunningProcess, startProxy } from '#testing/processes.ts';
import { RawConnection } from '#testing/raw-http.ts';

/** Acceptance group H, 3 and 5: the proxy as a process. */
describe('a proxy that is asked to stop', () => {
  let world: GatewayWorld;
  beforeEach(async () => {
    world = await openGatewayWorld('proxy', { DRAIN_TIMEOUT_MS: '3000' });
  });
  afterEach(() => world.close());

  test('accepts nobody new, completes its 50 open streams, and exits with 0', async () => {
    const { clients, responses } = await openStreams(50);
    const idle = await RawConnection.open(world.server.port);
    world.server.process.kill('SIGTERM');
    // The idle connection's end shows that its worker drains; the other is as far in a moment.
    await idle.waitForClose();
    const connect = () =>
      RawConnection.open(world.server.port).then(
        () => 'accepted',
        ({ code }) => code,
      );
    await expect.poll(connect).toBe('ECONNREFUSED');
    const exited = once(world.server.process, 'exit');
    for (const response of responses) response.end('ended');
    for (const client of clients) {
      expect(await client.readUntil(/0\r\n\r\n/)).toContain('ended');
      await client.waitForClose();
    }
    expect(await exited).toEqual([0, null]);
  });

  test('cuts what is still open at the drain limit, and exits with 0', async () => {
    const { clients } = await openStreams(1);
    const startedAt = performance.now();
    world.server.process.kill('SIGTERM');
    expect(await once(world.server.process, 'exit')).toEqual([0, null]);
    expect(performance.now() - startedAt).toBeGreaterThan(2_500);
    await clients[0]?.waitForClose();
    expect(clients[0]?.pending).toBe('');
  });

  test('and asked again, stops at once', async () => {
    await openStreams(1);
    world.server.process.kill('SIGTERM');
    // Within a second of when the process heard of the first it would count as the same request.
    await sleep(2_000);
    const exited = once(world.server.process, 'exit');
    const askedAt = performance.now();
    world.server.process.kill('SIGTERM');
    expect(await exited).toEqual([1, null]);
    expect(performance.now() - askedAt).toBeLessThan(1_000);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'and gets %s twice, as from npm, completes what is open',
    async (signal) => {
      const { clients, responses } = await openStreams(1);
      const idle = await RawConnection.open(world.server.port);
      world.server.process.kill(signal);
      world.server.process.kill(signal);
      await idle.waitForClose();
      const exited = once(world.server.process, 'exit');
      responses[0]?.end('ended');
      expect(await clients[0]?.readUntil(/0\r\n\r\n/)).toContain('ended');
      expect(await exited).toEqual([0, null]);
    },
  );

  test('though each of its processes is sent the signal, completes what is open', async () => {
    const { clients, responses } = await openStreams(1);
    const pid = world.server.process.pid ?? 0;
    for (const each of [...(await childPids(pid)), pid]) process.kill(each, 'SIGTERM');
    const exited = once(world.server.process, 'exit');
    responses[0]?.end('ended');
    expect(await clients[0]?.readUntil(/0\r\n\r\n/)).toContain('ended');
    expect(await exited).toEqual([0, null]);
  });

  async function openStreams(count: number) {
    const responses: ServerResponse[] = [];
    world.upstream.answerWith((response) => {
      response.writeHead(200).write('begun');
      responses.push(response);
    });
    const clients: RawConnection[] = [];
    for (let i = 0; i < count; i++) {
      const client = await RawConnection.open(world.server.port);
      client.write(world.rawHead(['Content-Length: 0']));
      await client.readUntil(/begun\r\n/);
      clients.push(client);
    }
    return { clients, responses };
  }
});

test.runIf(process.platform === 'linux')('a worker is given by name what it needs, and nothing else', async () => {
  const world = await openGatewayWorld('proxy', {
    PROXY_WORKERS: '1',
    ADMIN_PASSWORD: 'planted-password',
    MIGRATION_DATABASE_URL: 'postgresql://planted-owner@127.0.0.1/x',
    AWS_SECRET_ACCESS_KEY: 'planted-key',
    TZ: 'Asia/Ho_Chi_Minh',
    SSL_CERT_FILE: '/etc/ssl/cert.pem',
    NODE_OPTIONS: '--no-deprecation',
    TRUSTED_PROXIES: '192.0.2.1',
  });
  const { databaseUrl } = world;
  const roleUrl = embeddedUrls(databaseUrl).proxy;
  // The one of its own role goes before.
  const env = { PROXY_WORKERS: '1', DATABASE_URL: databaseUrl, PROXY_DATABASE_URL: roleUrl };
  const withTwoRoles = await startProxy({ databaseUrl, env });
  const [worker, other] = await Promise.all([world.server, withTwoRoles].map(readWorkerEnvironment));
  await withTwoRoles.stop();
  await world.close();
  expect(worker?.join('\n')).not.toMatch(/planted|ADMIN_|MIGRATION_|AWS_/);
  expect(worker).toEqual(
    expect.arrayContaining([
      `PATH=${process.env.PATH}`,
      `DATABASE_URL=${roleUrl}`,
      `LATCHKEY_SECRET=${TEST_SECRET}`,
      'LOG_LEVEL=warn',
      'TZ=Asia/Ho_Chi_Minh',
      'SSL_CERT_FILE=/etc/ssl/cert.pem',
      'NODE_OPTIONS=--no-deprecation',
      'TRUSTED_PROXIES=192.0.2.1',
    ]),
  );
  expect(other?.filter((line) => line.includes('postgresql://'))).toEqual([`DATABASE_URL=${roleUrl}`]);
});

async function readWorkerEnvironment({ process: { pid } }: RunningProcess): Promise<string[]> {
  const [worker] = await childPids(pid ?? 0);
  return (await readFile(`/proc/${worker}/environ`, 'utf8')).split('\0');
}

const GOOD = { DATABASE_URL: 'postgresql://x@127.0.0.1:1/x', LATCHKEY_SECRET: TEST_SECRET, PORT: '1' };

test.each([
  ['no secret', { LATCHKEY_SECRET: '' }, /^LATCHKEY_SECRET must be set to [^\n]+\n$/],
  ['a short secret', { LATCHKEY_SECRET: 'c2hvcnQ=' }, /^LATCHKEY_SECRET must be [^\n]+\n$/],
  ['no database', { DATABASE_URL: '' }, /^DATABASE_URL must be set to [^\n]+\n$/],
  ['a bad port', { PORT: '70000' }, /^PORT must be [^\n]+\n$/],
  ['no workers', { PROXY_WORKERS: '0' }, /^PROXY_WORKERS must be a whole number [^\n]+\n$/],
  ['a bad limit', { MAX_BODY_BYTES: 'many' }, /^MAX_BODY_BYTES must be [^\n]+\n$/],
])('with %s it refuses to start, and says why in one line', async (_name, env, message) => {
  expect(await runProxy({ ...GOOD, ...env })).toEqual({ code: 1, errors: expect.stringMatching(message) });
});

test('with a secret that does not open the stored keys it refuses to start, and says so in one line', async () => {
  const world = await openGatewayWorld('proxy');
  const { databaseUrl: DATABASE_URL } = world;
  const LATCHKEY_SECRET = Buffer.alloc(32, 'other').toString('base64');
  const { code, errors } = await runProxy({ DATABASE_URL, LATCHKEY_SECRET, PORT: String(await findFreePort()) });
  expect(code).toBe(1);
  expect(errors).toMatch(/^LATCHKEY_SECRET must be the one that the provider keys are sealed under\. [^\n]+\n$/);
  await world.close();
});

test('with a database that does not answer it starts, says so, and does not say the password', async () => {
  const port = await findFreePort();
  const proxy = await startProxy({ databaseUrl: `postgresql://someone:planted-password@127.0.0.1:${port}/latchkey` });
  await expect.poll(() => proxy.log()).toMatch(/ECONNREFUSED.*the database cannot be read/);
  expect(await fetch(`${proxy.origin}/readyz`)).toMatchObject({ status: 503 });
  expect(proxy.log()).not.toContain('planted');
  await proxy.stop();
});

test('on a port that is taken it refuses to start, and says so in one line', async () => {
  const taken = await listen(createServer());
  const { code, errors } = await runProxy({ ...GOOD, PORT: String(taken.port) });
  expect(code).toBe(1);
  expect(errors).toMatch(new RegExp(`^PORT [^\\n]*${taken.port}[^\\n]*\\n$`));
  await taken.close();
});

test('it ends with the npm that started it, though the shell between them passes no signal on', async () => {
  const port = String(await findFreePort());
  const shell = spawn('sh', ['-c', `"${process.execPath}" --disable-warning=ExperimentalWarning bin/proxy.ts; true`], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: { PATH: process.env.PATH, NODE_ENV: 'test', ...GOOD, PORT: port, npm_lifecycle_event: 'proxy' },
    stdio: 'ignore',
  });
  const health = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ status }) => status,
      () => 'nobody there',
    );
  await expect.poll(health).toBe(200);
  shell.kill('SIGTERM');
  await expect.poll(health).toBe('nobody there');
});

async function runProxy(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'bin/proxy.ts'], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: { PATH: process.env.PATH, NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, errors };
}
