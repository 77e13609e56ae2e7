import { Pool } from 'pg';
import { z } from 'zod';
import { logger } from '#lib/logger.ts';
import { isProviderKind } from '#lib/providers/catalog.ts';
import type { KeyRing } from '#lib/providers/key-ring.ts';
import type { AccessSource, GatewayRecord } from './store.ts';
import { writeUses } from './usage/write-uses.ts';

/** Together under 2 s: a client app is told of an outage, it does not hang in it. */
const CONNECT_TIMEOUT_MS = 1_000;
const QUERY_TIMEOUT_MS = 900;
/** Of all workers together: PostgreSQL takes 100 unless told otherwise, and the console and leases need some. */
const CONNECTIONS_IN_ALL = 40;
const MOST_CONNECTIONS = 10;
const LEAST_CONNECTIONS = 2;

const FIND_GATEWAY = `
  SELECT gateway.id AS gateway_id, gateway.authenticated, provider.id AS provider_id, provider.kind, provider.base_url, provider.header_name,
    provider.key_ciphertext, provider.key_version,
    ARRAY(SELECT name FROM model WHERE model.provider_id = provider.id) AS models
  FROM gateway LEFT JOIN provider ON provider.gateway_id = gateway.id
  WHERE gateway.slug = $1 AND gateway.status = 'ACTIVE'`;

/** Expiry is judged by the database's clock, which all workers share. */
const FIND_TOKEN = `
  SELECT token.id, token.gateway_id,
    (extract(epoch FROM token.expires_at - clock_timestamp()) * 1000)::float8 AS expires_in_ms
  FROM authentication_token token JOIN gateway ON gateway.id = token.gateway_id
  WHERE token.hash = $2 AND gateway.slug = $1 AND token.status = 'ACTIVE'
    AND (token.expires_at IS NULL OR token.expires_at > clock_timestamp())`;

const FIND_OPEN_GATEWAYS = `SELECT slug FROM gateway WHERE NOT authenticated AND status = 'ACTIVE'`;

const gatewayRowsSchema = z.array(
  z.object({
    gateway_id: z.string(),
    authenticated: z.boolean(),
    provider_id: z.string().nullable(),
    kind: z.string().nullable(),
    base_url: z.string().nullable(),
    header_name: z.string().nullable(),
    key_ciphertext: z.instanceof(Uint8Array).nullable(),
    key_version: z.int().nullable(),
    models: z.array(z.string()),
  }),
);

const tokenRowSchema = z
  .object({ id: z.string(), gateway_id: z.string(), expires_in_ms: z.number().nullable() })
  .transform(({ id, gateway_id, expires_in_ms }) => ({ id, gatewayId: gateway_id, expiresInMs: expires_in_ms }));

/**
 * Reads the database through named prepared statements: parsed and planned once per connection.
 *
 * @param workers how many processes do so on this machine.
 */
export function openPostgresSource(databaseUrl: string, keyRing: KeyRing, workers: number): AccessSource {
  const share = Math.floor(CONNECTIONS_IN_ALL / workers);
  const pool = new Pool({
    connectionString: databaseUrl,
    max: Math.max(LEAST_CONNECTIONS, Math.min(share, MOST_CONNECTIONS)),
    // Bounds both the connecting and the waiting for a free connection.
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    application_name: 'latchkey-proxy',
  });
  // An idle connection that dies must not end the process; the next query opens another.
  pool.on('error', (error) => logger.warn({ err: error }, 'database connection lost'));
  return {
    async findGateway(slug) {
      const { rows } = await pool.query({ name: 'find-gateway', text: FIND_GATEWAY, values: [slug] });
      return toGatewayRecord(rows, keyRing);
    },
    async findToken(slug, tokenHash) {
      const values = [slug, Buffer.from(tokenHash, 'hex')];
      const { rows } = await pool.query({ name: 'find-token', text: FIND_TOKEN, values });
      return rows[0] === undefined ? null : tokenRowSchema.parse(rows[0]);
    },
    async findOpenGateways() {
      const { rows } = await pool.query({ name: 'find-open-gateways', text: FIND_OPEN_GATEWAYS });
      return z
        .array(z.object({ slug: z.string() }))
        .parse(rows)
        .map(({ slug }) => slug);
    },
    writeUses: (uses) => writeUses(pool, uses),
    close: () => pool.end(),
  };
}

function toGatewayRecord(rows: unknown, keyRing: KeyRing): GatewayRecord | null {
  const parsed = gatewayRowsSchema.parse(rows);
  const [first] = parsed;
  if (!first) return null;
  const providers = parsed.flatMap(({ provider_id: id, kind, key_ciphertext, key_version, ...row }) => {
    if (id === null || kind === null || !isProviderKind(kind)) return [];
    const sealed = key_ciphertext && { keyCiphertext: key_ciphertext, keyVersion: key_version ?? 0 };
    const readKey = openOnce(() => sealed && keyRing.open(sealed, id));
    return [{ id, kind, baseUrl: row.base_url, headerName: row.header_name, readKey, models: row.models }];
  });
  return { id: first.gateway_id, authenticated: first.authenticated, providers };
}

/** Opens a key when it is first needed, and remembers it as long as the gateway is remembered. */
function openOnce(open: () => string | null): () => string | null {
  let opened: string | null | undefined;
  return () => {
    if (opened === undefined) opened = open();
    return opened;
  };
}
