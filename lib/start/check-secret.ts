import { Client } from 'pg';
import { ConfigurationError } from '#lib/env.ts';
import type { KeyRing } from '#lib/providers/key-ring.ts';

const FIND_KEY_VERSIONS = `
  SELECT DISTINCT key_version AS "keyVersion" FROM provider WHERE key_ciphertext IS NOT NULL`;

/** A proxy that starts while the database is away must not wait for it. */
const LIMIT_MS = 2_000;
/** For the database to say that it has given up. */
const ANSWER_MS = 200;

/**
 * Makes sure that the stored provider keys can be opened, before anything serves: otherwise each call would fail, long
 * after the setting was changed.
 *
 * @throws ConfigurationError when some were sealed under another secret; what the database fails with.
 */
export async function assertKeysOpen(databaseUrl: string, keyRing: KeyRing): Promise<void> {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: LIMIT_MS,
    statement_timeout: LIMIT_MS,
    query_timeout: LIMIT_MS + ANSWER_MS,
  });
  // What becomes of the connection shows in the query.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ keyVersion: number }>(FIND_KEY_VERSIONS);
    if (rows.every(({ keyVersion }) => keyRing.knows(keyVersion))) return;
  } finally {
    client.end().catch(() => {});
  }
  throw new ConfigurationError(
    'LATCHKEY_SECRET must be the one that the provider keys are sealed under. To change it, set ' +
      'LATCHKEY_SECRET_PREVIOUS to that one and run `npm run rotate-keys`.',
  );
}
