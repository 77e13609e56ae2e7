import path from 'node:path';
import { findFreePort } from '#lib/database/embedded.ts';
import type { Contestant } from '../contestant.ts';
import { startServer } from '../processes/server-process.ts';
import { ensureNpmPeer } from '../setup/npm-peer.ts';
import { PROVIDER_KEY } from '../wire/payloads.ts';

const VERSION = '1.15.2';

/** With later versions its streams fail (Portkey-AI/gateway issue 1389). */
const OVERRIDES = { '@hono/node-server': '1.14.1' };

let home = '';

/** A gateway in Node that many use. Its open edition has no tokens of its own: the client sends the provider's key. */
export const contestant: Contestant = {
  name: 'portkey',
  description: 'its npm package, headless; it checks no token and swaps none',
  async prepare() {
    try {
      home = await ensureNpmPeer('@portkey-ai/gateway', VERSION, OVERRIDES);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      return { unavailable: `npm could not install @portkey-ai/gateway@${VERSION}` };
    }
    return { version: `${VERSION}, Node ${process.version}` };
  },
  async start({ upstreamOrigin, workDir, cleanup }) {
    const port = await findFreePort();
    const origin = `http://127.0.0.1:${port}`;
    const args = [path.join(home, 'build/start-server.js'), `--port=${port}`, '--headless'];
    const logFile = path.join(workDir, 'portkey.log');
    const command = { command: process.execPath, args, env: {}, readyUrl: origin, logFile };
    const { pid, stop } = await startServer(command, cleanup);
    const headers = {
      authorization: `Bearer ${PROVIDER_KEY}`,
      'x-portkey-provider': 'openai',
      'x-portkey-custom-host': `${upstreamOrigin}/v1`,
    };
    return {
      origin,
      path: '/v1/chat/completions',
      headers: (credential) => (credential === 'valid' ? headers : null),
      pids: () => [pid],
      stop,
    };
  },
};
