import type { Dispatcher } from 'undici';
import { deriveKey } from '#lib/crypto.ts';
import type { Env } from '#lib/env.ts';
import { openKeyRing } from '#lib/providers/key-ring.ts';
import { openPostgresStore } from './postgres-store.ts';
import type { ProxySettings } from './settings.ts';
import type { AccessStore } from './store.ts';
import { openUpstream } from './upstream.ts';
import { nameForVia } from './via.ts';

/** What every request needs, made once per process. */
export type ProxyContext = {
  settings: ProxySettings;
  store: AccessStore;
  /** To providers: public addresses and the allowlist. */
  upstream: Dispatcher;
  /** To the console, and to nothing else. */
  console: Dispatcher;
};

/** Opens connections lazily: nothing is dialled before the first request. */
export function createProxyContext(env: Env & { DATABASE_URL: string; LATCHKEY_SECRET: string }): ProxyContext {
  const keyRing = openKeyRing(env.LATCHKEY_SECRET, env.LATCHKEY_SECRET_PREVIOUS);
  const settings: ProxySettings = { ...env, viaName: nameForVia(deriveKey(env.LATCHKEY_SECRET, 'via-name')) };
  const consoleHost = URL.parse(env.CONSOLE_UPSTREAM ?? '')?.hostname;
  return {
    settings,
    store: openPostgresStore(env.DATABASE_URL, keyRing),
    upstream: openUpstream(settings, env.UPSTREAM_ALLOWLIST),
    console: openUpstream(settings, consoleHost ? [consoleHost] : []),
  };
}

/** Ends what the context holds open, once no request is in progress. */
export async function closeProxyContext({ store, upstream, console }: ProxyContext): Promise<void> {
  await Promise.all([store.close(), upstream.close(), console.close()]);
}
