import { mayCarryKeys } from '#lib/address-guard.ts';
import { PROVIDERS } from '#lib/providers/catalog.ts';
import type { ProviderAccess } from '../access/store.ts';
import { type OwnAnswer, refuse } from '../errors.ts';
import type { ProxySettings } from '../settings.ts';

/** Where a provider's addresses begin. */
export type Base = { origin: string; host: string; path: string };

/** Parsed and judged once for as long as a provider is remembered: that costs more than all else of a request. */
const bases = new WeakMap<ProviderAccess, OwnAnswer | Base>();

/** Where a provider is, or why it cannot be called. */
export function findBase(provider: ProviderAccess, settings: ProxySettings): OwnAnswer | Base {
  const known = bases.get(provider);
  if (known) return known;
  const base = judgeBase(provider.baseUrl ?? PROVIDERS[provider.kind].baseUrl ?? '', settings);
  bases.set(provider, base);
  return base;
}

function judgeBase(baseUrl: string, settings: ProxySettings): OwnAnswer | Base {
  const base = URL.parse(baseUrl);
  if (!base) return refuse('upstream_unreachable', 'The provider has no usable address.');
  if (isOurOwn(base, settings)) return refuse('loop_detected');
  if (!mayCarryKeys(settings.UPSTREAM_ALLOWLIST, base)) {
    return refuse('upstream_unreachable', 'The provider has no usable address.');
  }
  return { origin: base.origin, host: base.host, path: base.pathname };
}

/** Whether an upstream's address is one that this deployment answers to; `Via` finds what this misses. */
function isOurOwn(base: URL, { GATEWAY_DOMAIN, CONSOLE_ORIGIN }: ProxySettings): boolean {
  const host = base.hostname.replace(/\.$/, '');
  return host.endsWith(`.${GATEWAY_DOMAIN}`) || base.origin === CONSOLE_ORIGIN;
}
