import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '#lib/database/embedded.ts';
import { generateToken } from '#lib/tokens/secret.ts';
import type { Contestant } from '../contestant.ts';
import { startServer } from '../processes/server-process.ts';
import { ensureDebianTool } from '../setup/debian-tool.ts';
import { makeToken } from '../setup/tenant.ts';
import { PROVIDER_KEY } from '../wire/payloads.ts';

let program = 'nginx';

/** The practical limit: a proxy in C that checks the token in a table and swaps it, and does nothing else. */
export const contestant: Contestant = {
  name: 'nginx',
  description:
    'one worker; static table of one token, swapped for the key; connections kept; no buffering of responses',
  async prepare() {
    const found = await ensureDebianTool('nginx', 'nginx-light');
    if (!found) return { unavailable: 'no nginx; as root on Debian it is installed, elsewhere install it yourself' };
    program = found;
    const { stderr } = await promisify(execFile)(program, ['-v']);
    return { version: stderr.split('/')[1]?.trim() ?? '' };
  },
  async start({ upstreamOrigin, workDir, cleanup }) {
    const token = generateToken();
    const port = await findFreePort();
    const home = path.join(workDir, `nginx-${port}`);
    await mkdir(home);
    const file = path.join(home, 'nginx.conf');
    await writeFile(file, writeConfiguration({ home, port, token, upstream: new URL(upstreamOrigin).host }));
    const origin = `http://127.0.0.1:${port}`;
    const args = ['-c', file, '-p', home, '-e', 'stderr'];
    const logFile = path.join(home, 'nginx.log');
    const { pid, stop } = await startServer({ command: program, args, env: {}, readyUrl: origin, logFile }, cleanup);
    return {
      origin,
      path: '/v1/chat/completions',
      headers: (credential) => ({ authorization: `Bearer ${makeToken(credential, token)}` }),
      pids: () => [pid],
      stop,
    };
  },
};

type Setup = { home: string; port: number; token: string; upstream: string };

function writeConfiguration({ home, port, token, upstream }: Setup): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${home};`);
  return `
daemon off;
pid ${home}/nginx.pid;
error_log stderr crit;
worker_processes 1;
worker_rlimit_nofile 20000;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 10000; }
http {
  access_log off;
  ${temporary.join('\n  ')}
  map_hash_bucket_size 256;
  map $http_authorization $is_known { default 0; "Bearer ${token}" 1; }
  upstream provider { server ${upstream}; keepalive 256; keepalive_requests 100000000; }
  keepalive_requests 100000000;
  tcp_nodelay on;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    # In memory: a file would cost a disk write a request.
    client_body_buffer_size 128k;
    location / {
      if ($is_known = 0) { return 401 '{"error":{"message":"Invalid authentication token."}}'; }
      default_type application/json;
      proxy_pass http://provider;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Authorization "Bearer ${PROVIDER_KEY}";
      proxy_buffering off;
    }
  }
}
`;
}
