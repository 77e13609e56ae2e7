import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { listen } from '#testing/listen.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Where a browser finds what Node resolves; and how a page says what a program came to. */
const IMPORTS = {
  openai: '/node_modules/openai/index.mjs',
  '@anthropic-ai/sdk': '/node_modules/@anthropic-ai/sdk/index.mjs',
  '@opentelemetry/api': '/node_modules/@opentelemetry/api/dist/index.mjs',
  // Checks what a provider calls, which no page does; it is no ES module, and a page has no bundler here.
  standardwebhooks: 'data:text/javascript,export class Webhook {}',
  '/e2e/clients/programs/cases.ts': '/e2e/clients/programs/cases-in-page.ts',
};

const PAGE = `<!doctype html><script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`;

/** A web server of another origin than the gateway's: an empty page, and the programs and SDKs as they are. */
export async function startWebPages() {
  const server = createServer((request, response) => {
    serveFile(request.url ?? '/', response).catch(() => response.writeHead(404).end());
  });
  const { port, close } = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return close();
    },
  };
}

async function serveFile(url: string, response: ServerResponse): Promise<void> {
  if (url === '/') {
    response.setHeader('content-type', 'text/html').end(PAGE);
    return;
  }
  const source = await readFile(path.join(ROOT, url), 'utf8');
  response.setHeader('content-type', 'text/javascript');
  response.end(url.endsWith('.ts') ? stripTypeScriptTypes(source) : source);
}
