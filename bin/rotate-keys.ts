import path from 'node:path';
import { openDb } from '#lib/db.ts';
import { ConfigurationError, env } from '#lib/env.ts';
import { runToEnd } from '#lib/process/run-to-end.ts';
import { openKeyRing } from '#lib/providers/key-ring.ts';
import { rotateKeys } from '#lib/providers/rotate-keys.ts';
import { openDatabase } from '#lib/start/database.ts';

/** Seals all provider keys under today's secret; LATCHKEY_SECRET_PREVIOUS is the one they may be sealed under now. */
async function main(): Promise<number> {
  const settings = env();
  const previous = settings.LATCHKEY_SECRET_PREVIOUS;
  if (!previous)
    throw new ConfigurationError('LATCHKEY_SECRET_PREVIOUS must be set to the secret that was used before.');
  const dataDir = path.resolve(import.meta.dirname, '..', settings.LATCHKEY_DATA_DIR);
  const { urls, secret, close } = await openDatabase(settings, dataDir, { mayShare: true });
  const db = openDb(urls.owner);
  try {
    const { rotated, unreadable } = await rotateKeys(db, openKeyRing(secret, previous), (count) =>
      console.log(`${count} keys …`),
    );
    console.log(`${rotated} keys are sealed under the new secret.`);
    if (unreadable.length === 0) return 0;
    console.error(`Neither secret opens the keys of these providers; enter them anew: ${unreadable.join(', ')}`);
    return 1;
  } finally {
    await db.$disconnect();
    await close();
  }
}

await runToEnd(main);
