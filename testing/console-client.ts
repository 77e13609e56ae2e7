import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Agent, type Dispatcher } from 'undici';
import { z } from 'zod';
import { TEST_DIST_DIR } from './console-build.ts';

export type ConsoleRequest = {
  method?: Dispatcher.HttpMethod;
  /** Lower-case names. `origin` is the console's unless another is given; null leaves it out. */
  headers?: Record<string, string | null>;
  body?: string;
};

export type ConsoleAnswer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

export type ConsoleClient = ReturnType<typeof openConsoleClient>;

/** Asks a console as no browser would: any `Host`, any `Origin`, any body. Keeps cookies as a browser does. */
export function openConsoleClient(origin: string) {
  const dispatcher = new Agent();
  const cookies = new Map<string, string>();

  async function ask(address: string, { method = 'GET', headers = {}, body }: ConsoleRequest = {}) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const wanted = { origin, ...(cookie && { cookie }), ...headers };
    const sent = Object.fromEntries(Object.entries(wanted).filter((entry): entry is [string, string] => !!entry[1]));
    const answer = await dispatcher.request({ origin, path: address, method, headers: sent, body });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  }

  return {
    cookies,
    ask,
    async csrfToken(): Promise<string> {
      return z.object({ csrfToken: z.string() }).parse(JSON.parse((await ask('/api/auth/csrf')).text)).csrfToken;
    },
    /** Sends the form of the sign-in page. */
    async signIn(email: string, password: string): Promise<ConsoleAnswer> {
      const form = new URLSearchParams({ email, password, csrfToken: await this.csrfToken() });
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return ask('/api/auth/callback/credentials', { method: 'POST', headers, body: String(form) });
    },
    callAction(
      { id, page }: Action,
      body: string,
      headers: Record<string, string | null> = {},
    ): Promise<ConsoleAnswer> {
      const own = { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8', accept: 'text/x-component' };
      return ask(page, { method: 'POST', headers: { ...own, ...headers }, body });
    },
    close: () => dispatcher.destroy(),
  };
}

/** A server action, and the address of a page that calls it. */
export type Action = { name: string; id: string; page: string };

/** The addresses of all pages of the tests' build, those of one gateway as that gateway's. */
export async function listPages(gatewayId: string): Promise<string[]> {
  const manifest = await readManifest('app-paths-manifest.json');
  const routes = Object.keys(z.record(z.string(), z.string()).parse(manifest));
  return routes
    .filter((route) => route.endsWith('/page') && !route.startsWith('/_'))
    .map((route) => addressOf(route, gatewayId));
}

/** `/(console)/gateways/[gatewayId]/page` is at `/gateways/…`. */
function addressOf(route: string, gatewayId: string): string {
  return route.replace(/\/\([^)]*\)|\/page$/g, '').replace('[gatewayId]', gatewayId) || '/';
}

async function readManifest(name: string): Promise<unknown> {
  const file = path.resolve(import.meta.dirname, '..', TEST_DIST_DIR, 'server', name);
  return JSON.parse(await readFile(file, 'utf8'));
}

const manifestSchema = z.object({
  node: z.record(z.string(), z.object({ exportedName: z.string(), workers: z.record(z.string(), z.unknown()) })),
});

/**
 * All server actions of the tests' build.
 *
 * @param gatewayId the gateway whose pages call those that are of one gateway.
 */
export async function listActions(gatewayId: string): Promise<Action[]> {
  const { node } = manifestSchema.parse(await readManifest('server-reference-manifest.json'));
  return Object.entries(node).map(([id, { exportedName, workers }]) => {
    const [worker = ''] = Object.keys(workers);
    return { name: exportedName, id, page: addressOf(worker.replace(/^app/, ''), gatewayId) };
  });
}
