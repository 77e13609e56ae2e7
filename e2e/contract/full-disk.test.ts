import { closeSync, openSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';
import { startConsole, startProxy } from '#testing/processes.ts';

let world: GatewayWorld;
afterEach(() => world.close());

// Every write to /dev/full fails with ENOSPC; full(4).
test.runIf(process.platform === 'linux').each(TRANSPORTS)(
  'with a log on a full disk all calls are answered, and a request to stop is obeyed: %s',
  async (transport) => {
    world = await openGatewayWorld('proxy', { PROXY_WORKERS: '1' });
    const { databaseUrl, gateway, token } = world;
    const logFile = openSync('/dev/full', 'w');
    const env = { LOG_LEVEL: 'info', CONSOLE_SERVES_GATEWAYS: 'on' };
    const server = await (transport === 'proxy' ? startProxy : startConsole)({ databaseUrl, env, logFile });
    closeSync(logFile);
    const call = async () => {
      const address = `${server.origin}/gateway/${gateway.slug}/deepseek/deepseek-chat/chat/completions`;
      const headers = { authorization: `Bearer ${token}`, connection: 'close' };
      const response = await fetch(address, { method: 'POST', headers, signal: AbortSignal.timeout(5_000) });
      await response.arrayBuffer();
      return response.status;
    };
    // For longer than lines are collected before they are written.
    const until = performance.now() + 1_000;
    const statuses = new Set<number>();
    while (performance.now() < until) statuses.add(await call());
    expect([...statuses]).toEqual([200]);
    expect(await server.stop()).toBe(0);
  },
);
