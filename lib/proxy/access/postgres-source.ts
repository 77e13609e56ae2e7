import { Pool } from 'pg';
import { z } from 'zod';
import { logger } from '#lib/logger.ts';
import { isProviderKind } from '#lib/providers/catalog.ts';
import type { KeyRing } from '#lib/providers/key-ring.ts';
import { writeUses } from '../last-use/write-uses.ts';
import { type ObjectTable, openObjectTable } from '../objects/object-rows.ts';
import { BatchedLookups } from './batched-lookups.ts';
import type { AccessSource, GatewayRecord, ProviderAccess, TokenlessGateway, TokenRecord } from './store.ts';

/** Together under 2 s: a client app is told of an outage, it does not hang in it. */
const CONNECT_TIMEOUT_MS = 1_000;
const QUERY_TIMEOUT_MS = 900;
/** Shorter: what is given up here is then over there, too. */
const STATEMENT_TIMEOUT_MS = 800;
/** Of all workers together: PostgreSQL takes 100 unless told otherwise, and the console and leases need some. */
const CONNECTIONS_IN_ALL = 40;
const MOST_CONNECTIONS = 10;
const LEAST_CONNECTIONS = 2;

export const FIND_GATEWAYS = `
  SELECT gateway.slug, gateway.id AS gateway_id, gateway.authenticated, gateway.objects_by_token, provider.id AS provider_id, provider.kind, provider.base_url, provider.header_name,
    provider.key_ciphertext, provider.key_version, provider.opens_management,
    provider.first_byte_timeout_ms, provider.idle_timeout_ms,
    ARRAY(SELECT name FROM model WHERE model.provider_id = provider.id) AS models
  FROM gateway LEFT JOIN provider ON provider.gateway_id = gateway.id
  WHERE gateway.slug = ANY($1) AND gateway.status = 'ACTIVE'`;

/**
 * Expiry is judged by the database's clock, which all workers share. Deleted tokens are not in this table. A token that
 * was rotated has two secrets for a while, and the previous one ends by itself.
 */
export const FIND_TOKENS = `
  SELECT encode(hash, 'hex') AS hash, id, secret_id, gateway_id,
    (extract(epoch FROM good_until - clock_timestamp()) * 1000)::float8 AS expires_in_ms
  FROM (
    SELECT hash, id, secret_id, gateway_id, status, expires_at AS good_until
    FROM authentication_token WHERE hash = ANY($1)
    UNION ALL
    SELECT previous_hash, id, previous_secret_id, gateway_id, status, least(expires_at, previous_until)
    FROM authentication_token WHERE previous_hash = ANY($1)
  ) AS secret
  WHERE status = 'ACTIVE' AND (good_until IS NULL OR good_until > clock_timestamp())`;

/** Of the look-up that has no key: all that ask for it at once share one. */
const ALL = '';

export const FIND_TOKENLESS_GATEWAYS = `
  SELECT slug, NOT authenticated AS open, cors_origins FROM gateway
  WHERE status = 'ACTIVE' AND (NOT authenticated OR cors_origins <> '{}')`;

const gatewayRowsSchema = z.array(
  z.object({
    slug: z.string(),
    gateway_id: z.string(),
    authenticated: z.boolean(),
    objects_by_token: z.boolean(),
    provider_id: z.string().nullable(),
    kind: z.string().nullable(),
    base_url: z.string().nullable(),
    header_name: z.string().nullable(),
    key_ciphertext: z.instanceof(Uint8Array).nullable(),
    key_version: z.int().nullable(),
    opens_management: z.boolean().nullable(),
    first_byte_timeout_ms: z.int().nullable(),
    idle_timeout_ms: z.int().nullable(),
    models: z.array(z.string()),
  }),
);

type GatewayRow = z.infer<typeof gatewayRowsSchema>[number];

const tokenlessRowsSchema = z.array(
  z.object({ slug: z.string(), open: z.boolean(), cors_origins: z.array(z.string()) }),
);

const tokenRowsSchema = z.array(
  z.object({
    hash: z.string(),
    id: z.string(),
    secret_id: z.string(),
    gateway_id: z.string(),
    expires_in_ms: z.number().nullable(),
  }),
);

/** The database, also of what was made at providers. */
export type PostgresSource = AccessSource & { objects: ObjectTable };

/**
 * Reads the database through named prepared statements: parsed and planned once per connection.
 *
 * @param workers how many processes do so on this machine.
 */
export function openPostgresSource(databaseUrl: string, keyRing: KeyRing, workers: number): PostgresSource {
  const share = Math.floor(CONNECTIONS_IN_ALL / workers);
  const pool = new Pool({
    connectionString: databaseUrl,
    max: Math.max(LEAST_CONNECTIONS, Math.min(share, MOST_CONNECTIONS)),
    // Bounds both the connecting and the waiting for a free connection.
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // The pool closes a connection whose query failed.
    query_timeout: QUERY_TIMEOUT_MS,
    application_name: 'latchkey-proxy',
  });
  // An idle connection that dies must not end the process; the next query opens another.
  pool.on('error', (error) => logger.warn({ err: error }, 'database connection lost'));
  const gateways = new BatchedLookups(async (slugs) => {
    const { rows } = await pool.query({ name: 'find-gateways', text: FIND_GATEWAYS, values: [slugs] });
    return toGatewayRecords(rows, keyRing);
  });
  const tokens = new BatchedLookups(async (hashes) => {
    const values = [hashes.map((hash) => Buffer.from(hash, 'hex'))];
    const { rows } = await pool.query({ name: 'find-tokens', text: FIND_TOKENS, values });
    return toTokenRecords(rows);
  });
  const tokenless = new BatchedLookups<ReadonlyMap<string, TokenlessGateway>>(async () => {
    const { rows } = await pool.query({ name: 'find-tokenless-gateways', text: FIND_TOKENLESS_GATEWAYS });
    return new Map([[ALL, toTokenlessGateways(rows)]]);
  });
  return {
    findGateway: (slug) => gateways.get(slug),
    findToken: (tokenHash) => tokens.get(tokenHash),
    findTokenlessGateways: async () => (await tokenless.get(ALL)) ?? new Map(),
    writeUses: (uses) => writeUses(pool, uses),
    objects: openObjectTable(pool),
    close: () => pool.end(),
  };
}

function toTokenlessGateways(rows: unknown): ReadonlyMap<string, TokenlessGateway> {
  const gateways = tokenlessRowsSchema
    .parse(rows)
    .map(({ slug, open, cors_origins }) => [slug, { open, corsOrigins: new Set(cors_origins) }] as const);
  return new Map(gateways);
}

function toTokenRecords(rows: unknown): ReadonlyMap<string, TokenRecord> {
  const records = tokenRowsSchema
    .parse(rows)
    .map(
      ({ hash, id, secret_id, gateway_id, expires_in_ms }) =>
        [hash, { id, secretId: secret_id, gatewayId: gateway_id, expiresInMs: expires_in_ms }] as const,
    );
  return new Map(records);
}

/** By slug. A gateway has a row for each of its providers, or one without. */
function toGatewayRecords(rows: unknown, keyRing: KeyRing): ReadonlyMap<string, GatewayRecord> {
  const records = new Map<string, GatewayRecord>();
  for (const [slug, ofGateway] of Map.groupBy(gatewayRowsSchema.parse(rows), (row) => row.slug)) {
    const [first] = ofGateway;
    if (!first) continue;
    const providers = ofGateway.flatMap((row) => toProviderAccess(row, keyRing) ?? []);
    const { gateway_id: id, authenticated, objects_by_token: objectsByToken } = first;
    records.set(slug, { id, authenticated, objectsByToken, providers });
  }
  return records;
}

/** Null: the gateway has none, or it is of a kind that this version does not know. */
function toProviderAccess(row: GatewayRow, keyRing: KeyRing): ProviderAccess | null {
  const { provider_id: id, kind, key_ciphertext: keyCiphertext, key_version } = row;
  if (id === null || kind === null || !isProviderKind(kind)) return null;
  const sealed = keyCiphertext && { keyCiphertext, keyVersion: key_version ?? 0 };
  const readKey = openOnce(() => sealed && keyRing.open(sealed, id));
  return {
    id,
    kind,
    baseUrl: row.base_url,
    headerName: row.header_name,
    readKey,
    opensManagement: row.opens_management ?? false,
    firstByteTimeoutMs: row.first_byte_timeout_ms,
    idleTimeoutMs: row.idle_timeout_ms,
    models: row.models,
  };
}

/** Opens a key when it is first needed, and remembers it as long as the gateway is remembered. */
function openOnce(open: () => string | null): () => string | null {
  let opened: string | null | undefined;
  return () => {
    if (opened === undefined) opened = open();
    return opened;
  };
}
