import { Pool } from 'pg';
import { z } from 'zod';
import { logger } from '#lib/logger.ts';
import type { KeyRing } from '#lib/providers/key-ring.ts';
import type { Access, AccessQuery, AccessStore } from './store.ts';

/** Together under 2 s: a client app is told of an outage, it does not hang in it. */
const CONNECT_TIMEOUT_MS = 1_000;
const QUERY_TIMEOUT_MS = 900;
const MAX_CONNECTIONS = 10;

/**
 * One round trip for all that a request needs. Expiry is judged by the database's clock, which all workers share. The
 * provider's sealed key is read only for a token that is good.
 */
const FIND_ACCESS = `
  SELECT gateway.id AS gateway_id, token.id AS token_id, provider.id AS provider_id, provider.base_url,
    provider.header_name, provider.key_ciphertext, provider.key_version, ARRAY(SELECT name FROM model WHERE model.provider_id = provider.id) AS models
  FROM gateway
  LEFT JOIN authentication_token token ON token.hash = $2 AND token.gateway_id = gateway.id
    AND token.status = 'ACTIVE' AND (token.expires_at IS NULL OR token.expires_at > now())
  LEFT JOIN provider ON provider.gateway_id = gateway.id AND provider.kind = $3 AND token.id IS NOT NULL
  WHERE gateway.slug = $1 AND gateway.status = 'ACTIVE'`;

const accessRow = z.object({
  gateway_id: z.string(),
  token_id: z.string().nullable(),
  provider_id: z.string().nullable(),
  base_url: z.string().nullable(),
  header_name: z.string().nullable(),
  key_version: z.int().nullable(),
  key_ciphertext: z.instanceof(Uint8Array).nullable(),
  models: z.array(z.string()),
});

/**
 * Reads the database once per request.
 */
export function openPostgresStore(databaseUrl: string, keyRing: KeyRing): AccessStore {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: MAX_CONNECTIONS,
    // Bounds both the connecting and the waiting for a free connection.
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    application_name: 'latchkey-proxy',
  });
  // An idle connection that dies must not end the process; the next query opens another.
  pool.on('error', (error) => logger.warn({ err: error }, 'database connection lost'));
  return {
    async findAccess(query) {
      const { slug, tokenHash, providerKind } = query;
      // A name makes it a prepared statement: parsed and planned once per connection.
      const result = await pool.query({
        name: 'find-access',
        text: FIND_ACCESS,
        values: [slug, tokenHash, providerKind],
      });
      return toAccess(result.rows[0], query, keyRing);
    },
    close: () => pool.end(),
  };
}

function toAccess(row: unknown, { providerKind }: AccessQuery, keyRing: KeyRing): Access {
  if (row === undefined) return { kind: 'gateway_not_found' };
  const { gateway_id, token_id, provider_id, base_url, header_name, key_ciphertext, key_version, models } =
    accessRow.parse(row);
  if (token_id === null) return { kind: 'token_refused' };
  const granted = { kind: 'granted', gatewayId: gateway_id, tokenId: token_id } as const;
  if (provider_id === null || providerKind === null) return { ...granted, provider: null };
  return {
    ...granted,
    provider: {
      id: provider_id,
      kind: providerKind,
      baseUrl: base_url,
      headerName: header_name,
      key: key_ciphertext && keyRing.open({ keyCiphertext: key_ciphertext, keyVersion: key_version ?? 0 }, provider_id),
      models,
    },
  };
}
