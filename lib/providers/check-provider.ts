import type { Session } from '#lib/auth/credentials.ts';
import { logger } from '#lib/logger.ts';
import type { PrismaClient } from '#prisma/client.ts';
import { takesEndpoint } from './catalog.ts';
import { checkKey, type KeyCheck } from './check-key.ts';
import type { CheckProviderInput } from './inputs.ts';
import type { KeyRing, SealedKey } from './key-ring.ts';

/** `keyUnreadable`: what is stored is no key of this row under a secret that is configured. */
export type ProviderCheck = KeyCheck | { outcome: 'noKey' | 'keyUnreadable' };

/**
 * Tries a provider with the key that was typed, else with the stored one of a gateway of the session's account, which
 * is opened here and goes nowhere but to the provider that it was stored for: no other typed address counts then.
 *
 * @param allowlist `UPSTREAM_ALLOWLIST`.
 */
export async function checkProvider(
  db: PrismaClient,
  keyRing: KeyRing,
  allowlist: readonly string[],
  session: Session,
  { gatewayId, kind, key, endpoint, headerName, model }: CheckProviderInput,
): Promise<ProviderCheck> {
  const baseUrl = takesEndpoint(kind) ? (endpoint ?? null) : null;
  const typed = { kind, baseUrl, headerName: (baseUrl && headerName) || null, key: key ?? null, model };
  if (key !== undefined) return checkKey(typed, allowlist);
  const stored = gatewayId && (await findStored(db, session, gatewayId, kind));
  if (!stored || stored.keyCiphertext === null) {
    return baseUrl === null ? { outcome: 'noKey' } : checkKey(typed, allowlist);
  }
  const { keyCiphertext, keyVersion } = stored;
  const storedKey = openStored(keyRing, { keyCiphertext, keyVersion }, stored.id);
  if (storedKey === null) return { outcome: 'keyUnreadable' };
  const provider = { kind, baseUrl: stored.baseUrl, headerName: stored.headerName, key: storedKey, model };
  // The demo upstream listens on loopback; only the seed can say that a provider is it.
  const demoHosts = stored.demo && stored.baseUrl ? [new URL(stored.baseUrl).host] : [];
  return checkKey(provider, [...allowlist, ...demoHosts]);
}

/** Null where it does not open. The admin is told, and can type the key again. */
function openStored(keyRing: KeyRing, sealed: SealedKey, providerId: string): string | null {
  try {
    return keyRing.open(sealed, providerId);
  } catch (error) {
    logger.error({ err: error, providerId }, 'the key of a provider cannot be opened');
    return null;
  }
}

/** The one place of the console that reads a sealed key. */
function findStored(db: PrismaClient, { accountId }: Session, gatewayId: string, kind: string) {
  return db.provider.findFirst({
    where: { gatewayId, kind, gateway: { accountId } },
    select: { id: true, baseUrl: true, headerName: true, keyCiphertext: true, keyVersion: true, demo: true },
  });
}
