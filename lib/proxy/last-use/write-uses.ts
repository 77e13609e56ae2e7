import type { Pool } from 'pg';
import type { Uses } from './recent-use.ts';

/** Rows of one statement: few enough that it is done long before its time limit, and holds its locks briefly. */
const ROWS_AT_ONCE = 1_000;

/**
 * Workers write on their own: an older time may come after a newer one, and two that lock the same rows lock them in
 * one order, or each would wait for the other.
 */
const WRITE_GATEWAYS = `
  WITH locked AS (SELECT id FROM gateway WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE)
  UPDATE gateway SET last_request_at = greatest(last_request_at, to_timestamp(used.at / 1000))
  FROM locked JOIN unnest($1::uuid[], $2::float8[]) AS used (id, at) USING (id) WHERE gateway.id = locked.id`;

const WRITE_TOKENS = `
  WITH locked AS (SELECT id FROM authentication_token WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE)
  UPDATE authentication_token token SET last_used_at = to_timestamp(used.at / 1000), last_used_from = used.origin
  FROM locked JOIN unnest($1::uuid[], $2::float8[], $3::text[]) AS used (id, at, origin) USING (id)
  WHERE token.id = locked.id AND coalesce(token.last_used_at < to_timestamp(used.at / 1000), true)`;

/** A batch is of ten seconds, and counts to the hour of its last request. Hours are UTC's. */
const COUNT_REQUESTS = `
  INSERT INTO token_requests (token_id, hour, requests)
  SELECT id, date_trunc('hour', to_timestamp(at / 1000), 'UTC'), requests
  FROM unnest($1::uuid[], $2::float8[], $3::bigint[]) AS used (id, at, requests) ORDER BY id
  ON CONFLICT (token_id, hour) DO UPDATE SET requests = token_requests.requests + excluded.requests`;

const FORGET_OLD_COUNTS = `
  DELETE FROM token_requests WHERE (token_id, hour) IN (
    SELECT token_id, hour FROM token_requests WHERE hour < now() - interval '2 days'
    LIMIT 5000 FOR UPDATE SKIP LOCKED)`;

/** Writes one batch. @throws what the database throws; part of the batch may be written then. */
export async function writeUses(pool: Pool, { gateways, tokens }: Uses): Promise<void> {
  for (const some of inParts(gateways)) {
    const values = [some.map(({ gatewayId }) => gatewayId), some.map(({ at }) => at)];
    await pool.query({ name: 'write-gateway-uses', text: WRITE_GATEWAYS, values });
  }
  for (const some of inParts(tokens)) {
    const [ids, times] = [some.map(({ tokenId }) => tokenId), some.map(({ at }) => at)];
    const origins = some.map(({ from }) => from);
    const counts = some.map(({ requests }) => requests);
    await pool.query({ name: 'write-token-uses', text: WRITE_TOKENS, values: [ids, times, origins] });
    await pool.query({ name: 'count-requests', text: COUNT_REQUESTS, values: [ids, times, counts] });
  }
  await pool.query({ name: 'forget-old-counts', text: FORGET_OLD_COUNTS });
}

function* inParts<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) yield rows.slice(start, start + ROWS_AT_ONCE);
}
