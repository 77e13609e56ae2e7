import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findFreePort } from '#lib/database/embedded.ts';
import { childPids } from '#testing/child-processes.ts';
import { type GatewayWorld, openGatewayWorld } from '#testing/gateway-world.ts';
import { RawConnection } from '#testing/raw-http.ts';

/** Five seconds of silence, and what it takes to start a process on a busy machine. */
const REPLACED_WITHIN_MS = 20_000;

/** Acceptance H4: what clients see when a process of the proxy dies. */
let world: GatewayWorld;
beforeEach(async () => {
  // For the debugger of a worker, where a test opens it; the first has the next one, and so on.
  const NODE_OPTIONS = `--inspect-port=${await findFreePort()}`;
  world = await openGatewayWorld('proxy', { PROXY_WORKERS: '3', NODE_OPTIONS });
});
afterEach(() => world.close());

const primaryPid = () => world.server.process.pid ?? 0;
const workerPids = () => childPids(primaryPid());

/** Opens a stream on a connection of its own; it stays open until its upstream response is ended. */
async function openStream(): Promise<{ client: RawConnection; response: ServerResponse }> {
  const opened = new Promise<ServerResponse>((resolve) => {
    world.upstream.answerWith((response) => {
      response.writeHead(200).write('begun');
      resolve(response);
    });
  });
  const client = await RawConnection.open(world.server.port);
  client.write(world.rawHead(['Content-Length: 0']));
  await client.readUntil(/begun\r\n/);
  return { client, response: await opened };
}

test('a worker that is killed takes its own streams along; the others go on, and it comes back', async () => {
  const streams = await Promise.all(Array.from({ length: 12 }, openStreamInTurn()));
  const before = await workerPids();
  expect(before).toHaveLength(3);
  process.kill(before[0] ?? 0, 'SIGKILL');
  // Its sockets are closed when its last thread has ended, and only then does the primary hear of it.
  await expect.poll(() => world.server.log()).toContain('a proxy worker ended by itself; it starts again');

  world.upstream.reset();
  // From the moment it is gone, whoever asks anew is answered.
  for (let i = 0; i < 20; i++) {
    const answer = await fetch(`${world.server.origin}/gateway/${world.gateway.slug}/deepseek/deepseek-chat/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.token}`, connection: 'close' },
    });
    expect(answer.status).toBe(200);
  }
  for (const { response } of streams) response.end('ended');
  const outcomes = await Promise.all(
    streams.map(({ client }) =>
      client.readUntil(/0\r\n\r\n/).then(
        () => true,
        () => false,
      ),
    ),
  );
  expect(outcomes.filter(Boolean).length).toBeGreaterThan(0);
  await expect.poll(async () => (await workerPids()).length).toBe(3);
});

test('when the primary is killed, its workers finish what is open and end', async () => {
  const { client, response } = await openStream();
  const workers = await workerPids();
  const idle = await RawConnection.open(world.server.port);
  world.server.process.kill('SIGKILL');
  await once(world.server.process, 'exit');
  await idle.waitForClose();
  response.end('ended');
  expect(await client.readUntil(/0\r\n\r\n/)).toContain('ended');
  const alive = () => workers.filter((pid) => isAlive(pid));
  await expect.poll(alive).toEqual([]);
});

test.each([
  ['is stopped', async (pid: number) => process.kill(pid, 'SIGSTOP')],
  ['does not come out of a loop', loopForEver],
])('a worker that %s is replaced before long, with the connections that wait for it', async (_how, silence) => {
  const before = await workerPids();
  const victim = before[0] ?? 0;
  const silentAt = performance.now();
  await silence(victim);
  await expect.poll(() => world.server.log()).toContain('a proxy worker does not answer; it is ended');
  await expect.poll(workerPids).not.toContain(victim);
  await expect.poll(async () => (await workerPids()).length).toBe(3);
  expect(performance.now() - silentAt).toBeLessThan(REPLACED_WITHIN_MS);
  expect((await workerPids()).filter((pid) => before.includes(pid))).toHaveLength(2);
  // Of twenty connections some would have waited for it.
  const statuses = Array.from({ length: 20 }, async () => {
    const client = await RawConnection.open(world.server.port);
    client.write(world.rawHead(['Content-Length: 0', 'Connection: close']));
    return (await client.readResponse()).status;
  });
  expect(new Set(await Promise.all(statuses))).toEqual(new Set([200]));
});

/** Runs what never ends in a process, by its debugger. */
async function loopForEver(pid: number): Promise<void> {
  process.kill(pid, 'SIGUSR1');
  const listening = /Debugger listening on (ws:\S+)/;
  await expect.poll(() => world.server.log()).toMatch(listening);
  const debug = new WebSocket(listening.exec(world.server.log())?.[1] ?? '');
  await new Promise((resolve) => debug.addEventListener('open', resolve));
  debug.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: 'for (;;);' } }));
}

/** Streams are told apart by who opened them, so they open one after another. */
function openStreamInTurn() {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const next = last.then(openStream);
    last = next;
    return next;
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
