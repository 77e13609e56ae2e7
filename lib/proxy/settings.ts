import type { Env } from '#lib/env.ts';

/** What of the configuration the data plane goes by, and the name of this deployment in `Via`. */
export type ProxySettings = Pick<
  Env,
  | 'CONSOLE_ORIGIN'
  | 'CONSOLE_UPSTREAM'
  | 'GATEWAY_DOMAIN'
  | 'MAX_BODY_BYTES'
  | 'MAX_JSON_BODY_BYTES'
  | 'STREAM_KEEPALIVE_SECONDS'
  | 'UPSTREAM_ALLOWLIST'
  | 'UPSTREAM_CONNECT_TIMEOUT_MS'
  | 'UPSTREAM_FIRST_BYTE_TIMEOUT_MS'
  | 'UPSTREAM_IDLE_TIMEOUT_MS'
> & { viaName: string };
