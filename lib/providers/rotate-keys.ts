import type { PrismaClient } from '#prisma/client.ts';
import type { KeyRing } from './key-ring.ts';

const BATCH_SIZE = 100;

export type RotationResult = {
  /** Keys sealed anew. */
  rotated: number;
  /** Ids of providers whose key neither secret opens; they are left as they are. */
  unreadable: string[];
};

/**
 * Seals every provider key under today's secret. Each row is changed on its own and only if it is still as it was
 * read, so it can run beside a working installation, be cut short, and be run again: it goes on where it was.
 *
 * @param onProgress is told how many were rotated so far, once a batch.
 */
export async function rotateKeys(
  db: PrismaClient,
  keyRing: KeyRing,
  onProgress: (rotated: number) => void,
): Promise<RotationResult> {
  const result: RotationResult = { rotated: 0, unreadable: [] };
  for (let after: string | undefined; ; ) {
    const rows = await db.provider.findMany({
      where: { keyCiphertext: { not: null }, keyVersion: { not: keyRing.version }, id: { gt: after } },
      select: { id: true, keyCiphertext: true, keyVersion: true },
      orderBy: { id: 'asc' },
      take: BATCH_SIZE,
    });
    for (const { id, keyCiphertext, keyVersion } of rows) {
      if (!keyCiphertext) continue;
      const providerKey = openOrNull(keyRing, { keyCiphertext, keyVersion }, id);
      if (providerKey === null) {
        result.unreadable.push(id);
        continue;
      }
      const where = { id, keyVersion, keyCiphertext };
      const { count } = await db.provider.updateMany({ where, data: keyRing.seal(providerKey, id) });
      result.rotated += count;
    }
    after = rows.at(-1)?.id;
    if (after === undefined) return result;
    onProgress(result.rotated);
  }
}

/** Null when the key does not open: the others must not wait for the one that is lost. */
function openOrNull(keyRing: KeyRing, sealed: { keyCiphertext: Uint8Array; keyVersion: number }, id: string) {
  try {
    return keyRing.open(sealed, id);
  } catch {
    return null;
  }
}
