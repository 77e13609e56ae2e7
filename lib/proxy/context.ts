import type { Dispatcher } from 'undici';
import { deriveKey } from '#lib/crypto.ts';
import type { Env } from '#lib/env.ts';
import { openKeyRing } from '#lib/providers/key-ring.ts';
import { CachedAccessStore } from './access/cached-store.ts';
import { openTrustedProxies, type TrustedProxies } from './access/client-address.ts';
import { openPostgresSource } from './access/postgres-source.ts';
import type { AccessStore } from './access/store.ts';
import { KeptBytes } from './body/kept-bytes.ts';
import { nameForVia } from './headers/via.ts';
import { RecentUse } from './last-use/recent-use.ts';
import { KnownObjects } from './objects/known-objects.ts';
import { CallObserver } from './observe/call-observer.ts';
import type { Metrics } from './observe/metrics.ts';
import { ChangeLog } from './revocation/change-log.ts';
import { Membership } from './revocation/membership.ts';
import { OpenCalls } from './revocation/open-calls.ts';
import type { ProxySettings } from './settings.ts';
import { openUpstream } from './upstream/upstream.ts';

/** So that the beginnings of forms have room, however small JSON must be. */
const LEAST_KEPT_BYTES = 2 * 1024 * 1024;

/** What every request needs, made once per process. */
export type ProxyContext = {
  settings: ProxySettings;
  store: AccessStore;
  /** What is in progress, so that it can be cut when its token is revoked. */
  openCalls: OpenCalls;
  /** Room for bodies that are read whole. */
  keptBytes: KeptBytes;
  membership: Membership;
  recentUse: RecentUse;
  /** What was made at providers, and through which gateway. */
  objects: KnownObjects;
  /** Null: there are none. */
  trustedProxies: TrustedProxies | null;
  calls: CallObserver;
  /** For what stands in for a token at one address. */
  ticketKey: Buffer;
  /** To providers: public addresses and the allowlist. */
  upstream: Dispatcher;
  /** To the console, and to nothing else. */
  console: Dispatcher;
  /** Whether this process takes no new connections any more. */
  stopping: boolean;
};

/**
 * Begins to hold a lease in the background; other connections are opened when they are first needed.
 *
 * @param metrics null where nobody collects them.
 */
export function createProxyContext(
  env: Env & { DATABASE_URL: string; LATCHKEY_SECRET: string },
  metrics: Metrics | null,
): ProxyContext {
  const keyRing = openKeyRing(env.LATCHKEY_SECRET, env.LATCHKEY_SECRET_PREVIOUS);
  const settings: ProxySettings = { ...env, viaName: nameForVia(deriveKey(env.LATCHKEY_SECRET, 'via-name')) };
  const consoleHost = URL.parse(env.CONSOLE_UPSTREAM ?? '')?.hostname;
  const changes = new ChangeLog();
  const openCalls = new OpenCalls();
  const forgetEverything = () => {
    changes.noteAllChanged();
    openCalls.cutAll();
  };
  const membership = new Membership(env.DATABASE_URL, {
    onChange({ kind, subjectId, revoked, ageMs }) {
      metrics?.countChange(ageMs);
      if (kind !== 'token' && kind !== 'gateway') return forgetEverything();
      changes.noteChange(kind, subjectId);
      if (revoked) openCalls.cut(subjectId);
    },
    onJoin: () => openCalls.verifyAll(),
    onLapse: () => changes.noteAllChanged(),
    onGap: forgetEverything,
  });
  membership.start();
  const source = openPostgresSource(env.DATABASE_URL, keyRing, env.PROXY_WORKERS);
  const store = new CachedAccessStore(source, membership, changes, env.AUTH_OUTAGE_GRACE_SECONDS * 1_000);
  metrics?.watchCache(store.counts);
  metrics?.watchLease(() => membership.leaseAgeMs);
  return {
    settings,
    store,
    openCalls,
    keptBytes: new KeptBytes(Math.max(env.MAX_JSON_BODY_BYTES, LEAST_KEPT_BYTES), env.UPSTREAM_IDLE_TIMEOUT_MS),
    membership,
    // Without a lease the database is away, most likely.
    recentUse: new RecentUse(source.writeUses, () => membership.isTrusted()),
    objects: new KnownObjects(source.objects),
    trustedProxies: openTrustedProxies(env.TRUSTED_PROXIES),
    calls: new CallObserver(metrics),
    ticketKey: deriveKey(env.LATCHKEY_SECRET, 'upload-ticket'),
    upstream: openUpstream(settings, env.UPSTREAM_ALLOWLIST),
    console: openUpstream(settings, consoleHost ? [consoleHost] : []),
    stopping: false,
  };
}

/** Ends what the context holds open, once no request is in progress. */
export async function closeProxyContext(context: ProxyContext): Promise<void> {
  const { store, membership, recentUse, objects, upstream, console } = context;
  await Promise.all([recentUse.close(), objects.close()]);
  await Promise.all([membership.stop(), store.close(), upstream.close(), console.close()]);
}
