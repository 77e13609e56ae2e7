import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Access, AccessStore, ProviderAccess } from '#lib/proxy/access/store.ts';
import type { SinkListener } from '#lib/proxy/answer/response-sink.ts';
import { KeptBytes } from '#lib/proxy/body/kept-bytes.ts';
import { Call } from '#lib/proxy/call.ts';
import type { ProxyContext } from '#lib/proxy/context.ts';
import type { OwnAnswer } from '#lib/proxy/errors.ts';
import { HeaderLines } from '#lib/proxy/headers/header-lines.ts';
import type { KnownObjects } from '#lib/proxy/objects/known-objects.ts';
import { CallObserver } from '#lib/proxy/observe/call-observer.ts';
import type { Trust } from '#lib/proxy/revocation/membership.ts';
import { OpenCalls } from '#lib/proxy/revocation/open-calls.ts';
import { serveCall } from '#lib/proxy/serve-call.ts';
import type { ProxySettings } from '#lib/proxy/settings.ts';
import { generateToken } from '#lib/tokens/secret.ts';

export const settings: ProxySettings = {
  GATEWAY_DOMAIN: 'gw.example',
  CONSOLE_ORIGIN: 'https://console.example',
  MAX_BODY_BYTES: 1000,
  MAX_JSON_BODY_BYTES: 100,
  STREAM_KEEPALIVE_SECONDS: 0,
  UPSTREAM_ALLOWLIST: ['127.0.0.1:9000'],
  UPSTREAM_CONNECT_TIMEOUT_MS: 1000,
  UPSTREAM_FIRST_BYTE_TIMEOUT_MS: 1000,
  UPSTREAM_IDLE_TIMEOUT_MS: 1000,
  CONSOLE_UPSTREAM: undefined,
  viaName: 'latchkey-x',
};

export const token = generateToken();

const provider: ProviderAccess = {
  id: 'p',
  kind: 'deepseek',
  baseUrl: null,
  headerName: null,
  readKey: () => 'sk-stored',
  opensManagement: false,
  firstByteTimeoutMs: null,
  idleTimeoutMs: null,
  models: ['m'],
};

export const granted = {
  kind: 'granted',
  gatewayId: 'g',
  objectsByToken: false,
  token: { id: 't', secretId: 's' },
  providers: [],
} as const;

export function grantedWith(changes: Partial<ProviderAccess>): Access {
  return { ...granted, providers: [{ ...provider, ...changes }] };
}

export type ServedCall = {
  method?: string;
  path?: string;
  query?: string;
  lines?: string[];
  access?: Access;
  store?: Partial<AccessStore>;
  body?: string | Iterable<string> | AsyncIterable<string>;
  trust?: Pick<Trust, 'isTrusted' | 'lapses'>;
  objects?: Pick<KnownObjects, 'find'>;
  /** Called before an upstream connection is there. */
  connect?: () => Promise<void>;
};

/** Serves a call without a server, a database or a provider: what was sent upstream, or answered instead. */
export function serve({ method = 'POST', path = '/deepseek/m/chat', query = '', ...options }: ServedCall = {}) {
  const sent: Dispatcher.DispatchOptions[] = [];
  const answered: OwnAnswer[] = [];
  const waits: number[] = [];
  let client: SinkListener | undefined;
  const openCalls = new OpenCalls();
  const store = { findAccess: () => options.access ?? grantedWith({}), findTokenless: () => null, ...options.store };
  const context = {
    settings,
    store,
    openCalls,
    membership: options.trust ?? { isTrusted: () => true, lapses: 0 },
    keptBytes: new KeptBytes(100),
    recentUse: { note: () => {} },
    calls: new CallObserver(null),
    objects: options.objects,
    upstream: upstreamWith(sent, options.connect),
  };
  const sink = {
    attach: (listener: SinkListener) => {
      client = listener;
    },
    allowSilence: (milliseconds: number) => waits.push(milliseconds),
    inform: () => {},
    start: () => {},
    write: () => true,
    end: () => {},
    answer: (own: OwnAnswer) => answered.push(own),
    break: () => {},
  };
  const target = { kind: 'gateway', slug: 'user-1-demo', root: '//gw.example', path, query, ticket: null } as const;
  const headers = new HeaderLines(options.lines ?? ['authorization', `Bearer ${token}`]);
  const body = typeof options.body === 'object' ? options.body : [options.body ?? ''];
  const takeBody = () => Readable.from(body, { objectMode: false });
  const inContext = context as unknown as ProxyContext;
  const call = new Call({ method, target, headers, clientAddress: undefined, takeBody }, sink, inContext);
  const served = serveCall(call, inContext);
  return { served, sent, answered, waits, openCalls, leave: () => client?.closed(false) };
}

/** What a call comes to: its answer, or what was sent upstream. */
export async function outcomeOf(options: ServedCall = {}) {
  const { served, sent, answered } = serve(options);
  await served;
  return answered[0] ?? sent[0];
}

/** As undici does it: a request begins when its connection is there, and one that is aborted then is not sent. */
function upstreamWith(sent: Dispatcher.DispatchOptions[], connect?: () => Promise<void>) {
  const begin = (options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) => {
    let aborted: Error | null = null;
    const abort = (reason: Error) => {
      aborted = reason;
      handler.onResponseError?.(controller, reason);
    };
    const controller = { abort } as unknown as Dispatcher.DispatchController;
    handler.onRequestStart?.(controller, null);
    if (aborted === null) sent.push(options);
  };
  return {
    dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) {
      if (connect) connect().then(() => begin(options, handler));
      else begin(options, handler);
    },
  };
}
