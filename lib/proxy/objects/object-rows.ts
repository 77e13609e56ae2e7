import type { Pool } from 'pg';
import { z } from 'zod';

/** Who made an object. */
export type ObjectMaker = {
  providerId: string;
  /** Null: it was made without a token. */
  tokenId: string | null;
};

export type ObjectKey = { providerId: string; collection: string; objectId: string };

export type ObjectRow = ObjectKey & { tokenId: string | null };

/** What a proxy needs of the table of objects. All throw when the database fails. */
export type ObjectTable = {
  /** By `keyOf` what is known of each; what is not known is not in the result. */
  find(keys: readonly ObjectKey[]): Promise<ReadonlyMap<string, ObjectMaker>>;
  /** Returns how many of them were new. */
  add(rows: readonly ObjectRow[]): Promise<number>;
  forget(key: ObjectKey): Promise<void>;
  /** Removes what is too old, and of a provider's collection what is too much. */
  trim(key: Omit<ObjectKey, 'objectId'>): Promise<void>;
};

/** Answers are kept by providers for 30 to 55 days; the others as long as their makers like, most of them. */
const KEPT = `CASE WHEN collection IN ('responses', 'chat/completions', 'interactions')
  THEN interval '60 days' ELSE interval '400 days' END`;

/** Of one provider's collection, the newest. */
const MOST_OBJECTS = 100_000;

const FIND = `
  SELECT provider_id, collection, object_id, token_id FROM upstream_object
  JOIN unnest($1::uuid[], $2::text[], $3::text[]) AS wanted (provider_id, collection, object_id)
    USING (provider_id, collection, object_id)
  WHERE created_at > now() - ${KEPT}`;

/** Two workers that add the same rows lock them in one order, or each would wait for the other. */
const ADD = `
  INSERT INTO upstream_object (provider_id, collection, object_id, gateway_id, account_id, token_id)
  SELECT provider.id, made.collection, made.object_id, gateway.id, gateway.account_id, made.token_id
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) AS made (provider_id, collection, object_id, token_id)
  JOIN provider ON provider.id = made.provider_id JOIN gateway ON gateway.id = provider.gateway_id
  ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING`;

const FORGET = 'DELETE FROM upstream_object WHERE (provider_id, collection, object_id) = ($1, $2, $3)';

const TRIM_OLD = `
  DELETE FROM upstream_object WHERE (provider_id, collection, object_id) IN (
    SELECT provider_id, collection, object_id FROM upstream_object
    WHERE provider_id = $1 AND collection = $2 AND created_at <= now() - ${KEPT}
    ORDER BY created_at LIMIT 5000 FOR UPDATE SKIP LOCKED)`;

const TRIM_MANY = `
  DELETE FROM upstream_object WHERE (provider_id, collection, object_id) IN (
    SELECT provider_id, collection, object_id FROM upstream_object WHERE provider_id = $1 AND collection = $2
    ORDER BY created_at DESC OFFSET $3 LIMIT 5000 FOR UPDATE SKIP LOCKED)`;

const rowsSchema = z.array(
  z.object({
    provider_id: z.string(),
    collection: z.string(),
    object_id: z.string(),
    token_id: z.string().nullable(),
  }),
);

/** No id holds a space. */
export function keyOf({ providerId, collection, objectId }: ObjectKey): string {
  return `${providerId} ${collection} ${objectId}`;
}

/** @param most of one provider's collection. */
export function openObjectTable(pool: Pool, most = MOST_OBJECTS): ObjectTable {
  return {
    async find(keys) {
      const { rows } = await pool.query({ name: 'find-objects', text: FIND, values: columnsOf(keys) });
      const found = rowsSchema.parse(rows).map(({ provider_id: providerId, collection, object_id, token_id }) => {
        return [keyOf({ providerId, collection, objectId: object_id }), { providerId, tokenId: token_id }] as const;
      });
      return new Map(found);
    },
    async add(rows) {
      const values = [...columnsOf(rows), rows.map(({ tokenId }) => tokenId)];
      const { rowCount } = await pool.query({ name: 'add-objects', text: ADD, values });
      return rowCount ?? 0;
    },
    async forget({ providerId, collection, objectId }) {
      await pool.query({ name: 'forget-object', text: FORGET, values: [providerId, collection, objectId] });
    },
    async trim({ providerId, collection }) {
      await pool.query({ name: 'trim-old-objects', text: TRIM_OLD, values: [providerId, collection] });
      await pool.query({ name: 'trim-many-objects', text: TRIM_MANY, values: [providerId, collection, most] });
    },
  };
}

function columnsOf(keys: readonly ObjectKey[]): unknown[] {
  return [
    keys.map(({ providerId }) => providerId),
    keys.map(({ collection }) => collection),
    keys.map(({ objectId }) => objectId),
  ];
}
