import type { ProviderAccess } from '../access/store.ts';
import type { ProxySettings } from '../settings.ts';

type Limits = Pick<ProviderAccess, 'firstByteTimeoutMs' | 'idleTimeoutMs'>;

/** How long nothing may come from an upstream before a limit of its own strikes, in milliseconds. */
export function longestSilenceMs(settings: ProxySettings, provider: Limits | null): number {
  const firstByteMs = provider?.firstByteTimeoutMs ?? settings.UPSTREAM_FIRST_BYTE_TIMEOUT_MS;
  return settings.UPSTREAM_CONNECT_TIMEOUT_MS + Math.max(firstByteMs, idleLimitMs(settings, provider));
}

/** How long an answer may pause, on either side, in milliseconds. */
export function idleLimitMs(settings: ProxySettings, provider: Limits | null): number {
  return provider?.idleTimeoutMs ?? settings.UPSTREAM_IDLE_TIMEOUT_MS;
}
