import { ConfigurationError } from '#lib/env.ts';
import type { KeyRing } from '#lib/providers/key-ring.ts';
import type { PrismaClient } from '#prisma/client.ts';

/**
 * Makes sure that the stored provider keys can be opened, before anything serves: otherwise each call would fail, long
 * after the setting was changed.
 *
 * @throws ConfigurationError when some were sealed under another secret.
 */
export async function assertKeysOpen(db: PrismaClient, keyRing: KeyRing): Promise<void> {
  const sealed = await db.provider.findMany({
    where: { keyCiphertext: { not: null } },
    distinct: ['keyVersion'],
    select: { keyVersion: true },
  });
  if (sealed.every(({ keyVersion }) => keyRing.knows(keyVersion))) return;
  throw new ConfigurationError(
    'LATCHKEY_SECRET must be the one that the provider keys are sealed under. To change it, set ' +
      'LATCHKEY_SECRET_PREVIOUS to that one and run `npm run rotate-keys`.',
  );
}
