import type { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import { inject } from 'vitest';
import { openFixtures } from './fixtures.ts';
import { type RunningProcess, startConsole, startProxy } from './processes.ts';
import { startRecordingUpstream } from './recording-upstream.ts';
import { createTestDatabase } from './test-cluster.ts';

/** Where gateways are served: by the proxy, or by the console's route where only Next can run. */
export type Transport = 'proxy' | 'next';

export const TRANSPORTS: readonly Transport[] = ['proxy', 'next'];

/** The key that is stored for the providers, and that no client knows. */
export const STORED_KEY = 'sk-stored-provider-key';

export type Call = {
  /** What follows the gateway in the address, with its query. */
  path?: string;
  method?: Dispatcher.HttpMethod;
  /** Names and values in turn; by default the good token. */
  headers?: string[];
  /** A stream without a `content-length` goes in chunks. */
  body?: string | Buffer | Readable;
  /** Another gateway's slug. */
  slug?: string;
  /** By the gateway's own host instead of by path. */
  byHost?: boolean;
};

/** A request head written by hand. */
export type RawHead = {
  method?: string;
  /** What follows the gateway in the address. */
  path?: string;
  /** The whole request-target instead. */
  target?: string;
  /** Instead of one `Host`. */
  hosts?: string[];
  /** False: without the good token. */
  token?: boolean;
  version?: string;
};

export type GatewayWorld = Awaited<ReturnType<typeof openGatewayWorld>>;

/** A gateway `user-N-demo-gateway` with a token, its provider a recording upstream, and a server of its own. By default in a fresh database. */
export async function openGatewayWorld(
  transport: Transport,
  env: Record<string, string> = {},
  ownDatabaseUrl?: string,
) {
  const databaseUrl = ownDatabaseUrl ?? (await createTestDatabase(inject('templateDatabaseUrl')));
  const fixtures = openFixtures(databaseUrl);
  const upstream = await startRecordingUpstream();
  const account = await fixtures.addAccount();
  const gateway = await fixtures.addGateway(account.id, 'demo-gateway');
  const provider = await fixtures.addProvider({
    gatewayId: gateway.id,
    kind: 'deepseek',
    baseUrl: `${upstream.origin}/base`,
    key: STORED_KEY,
    models: ['deepseek-chat', 'team/deepseek', 'team/deepseek-v2'],
  });
  const { token, id: tokenId } = await fixtures.addToken({ accountId: account.id, gatewayId: gateway.id });
  const server =
    transport === 'proxy'
      ? await startProxy({ databaseUrl, env })
      : await startConsole({ databaseUrl, env: { CONSOLE_SERVES_GATEWAYS: 'on', ...env } });
  const clients = new Agent();
  return {
    transport,
    fixtures,
    databaseUrl,
    upstream,
    account,
    gateway,
    provider,
    token,
    tokenId,
    server,
    bearer: ['authorization', `Bearer ${token}`],
    call: (options: Call = {}) => call(server, clients, gateway.slug, token, options),
    /** The bytes of a request head with these lines. */
    rawHead: (lines: string[], options: RawHead = {}) => {
      const { method = 'POST', path = '/deepseek/deepseek-chat/chat', version = '1.1' } = options;
      const { target = `/gateway/${gateway.slug}${path}`, hosts = [`127.0.0.1:${server.port}`] } = options;
      const tokenLine = options.token === false ? [] : [`Authorization: Bearer ${token}`];
      const hostLines = hosts.map((host) => `Host: ${host}`);
      return [`${method} ${target} HTTP/${version}`, ...hostLines, ...tokenLine, ...lines, '', ''].join('\r\n');
    },
    async close() {
      await clients.destroy();
      await server.stop();
      await upstream.close();
      await fixtures.close();
    },
  };
}

async function call(server: RunningProcess, dispatcher: Dispatcher, ownSlug: string, token: string, options: Call) {
  const { path = '/deepseek/deepseek-chat/chat/completions', method = 'POST', body = null, byHost = false } = options;
  const { slug = ownSlug, headers = ['authorization', `Bearer ${token}`] } = options;
  const host = byHost ? ['host', `${slug}.ai-gateway.localhost:${server.port}`] : [];
  const address = byHost ? path : `/gateway/${slug}${path}`;
  // `request` with a URL would parse the path, and change what is to be tested.
  const response = await dispatcher.request({
    origin: server.origin,
    path: address,
    method,
    headers: [...host, ...headers],
    body,
  });
  return {
    status: response.statusCode,
    headers: response.headers,
    text: await response.body.text(),
  };
}
