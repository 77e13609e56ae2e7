import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Fixtures, openFixtures } from '#testing/fixtures.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { FIND_GATEWAYS, FIND_TOKENLESS_GATEWAYS, FIND_TOKENS } from './postgres-source.ts';

/** All that a worker reads and remembers. */
const QUERIES = [
  FIND_GATEWAYS.replaceAll('$1', `'{}'::text[]`),
  FIND_TOKENS.replaceAll('$1', `'{}'::bytea[]`),
  FIND_TOKENLESS_GATEWAYS,
];

type ReadColumn = { table: string; column: string; type: string; isEnum: boolean; refersTo: string | null };

let fixtures: Fixtures;
let client: Client;
beforeAll(async () => {
  const databaseUrl = await createTestDatabase(inject('templateDatabaseUrl'));
  fixtures = openFixtures(databaseUrl);
  const { id: accountId } = await fixtures.addAccount();
  for (const kind of ['openai', 'deepseek'] as const) {
    const { id: gatewayId } = await fixtures.addGateway(accountId, `with-${kind}`);
    await fixtures.addProvider({ gatewayId, kind, key: 'sk-key', models: [kind] });
    await fixtures.addToken({ accountId, gatewayId });
  }
  client = new Client({ connectionString: databaseUrl });
  await client.connect();
  // A token that was rotated fills all columns.
  await client.query(`UPDATE authentication_token SET previous_hash = sha256(hash), previous_secret_id = secret_id,
    previous_until = now() + interval '1 hour', secret_id = gen_random_uuid()`);
});
afterAll(async () => {
  await client.end();
  await fixtures.close();
});

/** The columns that the queries go by, as the database itself understands them. A row's id never changes. */
async function readColumns(): Promise<ReadColumn[]> {
  for (const [at, query] of QUERIES.entries()) await client.query(`CREATE TEMPORARY VIEW query_${at} AS ${query}`);
  const { rows } = await client.query<ReadColumn>(`
    SELECT DISTINCT used.table_name AS table, used.column_name AS column, format_type(atttypid, NULL) AS type,
      typtype = 'e' AS "isEnum", reference.confrelid::regclass::text AS "refersTo"
    FROM information_schema.view_column_usage used
    JOIN pg_attribute ON attrelid = format('public.%I', used.table_name)::regclass AND attname = used.column_name
    JOIN pg_type ON pg_type.oid = atttypid
    LEFT JOIN pg_constraint reference ON contype = 'f' AND conrelid = attrelid AND conkey = ARRAY[attnum]
    WHERE view_name LIKE 'query\\_%' AND used.column_name <> 'id' ORDER BY 1, 2`);
  return rows;
}

/** An expression for another value than the row has. */
function otherThan({ table, column, type, isEnum, refersTo }: ReadColumn): string {
  if (refersTo) return `(SELECT id FROM ${refersTo} WHERE id <> ${table}.${column} LIMIT 1)`;
  if (isEnum) return `(SELECT label FROM unnest(enum_range(NULL::${type})) AS label WHERE label <> ${column} LIMIT 1)`;
  const others: Record<string, string> = {
    boolean: `NOT ${column}`,
    bytea: `coalesce(${column}, '') || '\\x01'::bytea`,
    integer: `coalesce(${column}, 0) + 1`,
    'text[]': `array_append(${column}, 'x')`,
    text: `coalesce(${column}, '') || 'x'`,
    'timestamp with time zone': `coalesce(${column}, now()) + interval '1 hour'`,
    uuid: 'gen_random_uuid()',
  };
  const other = others[type];
  if (!other) throw new Error(`say here how ${table}.${column}, a ${type}, is changed`);
  return other;
}

test('workers hear of a change of any column that they have read', async () => {
  const columns = await readColumns();
  expect(columns.map(({ table }) => table)).toEqual(
    expect.arrayContaining(['authentication_token', 'gateway', 'model']),
  );
  const unheard: string[] = [];
  for (const column of columns) {
    await client.query('BEGIN');
    const one = `(SELECT id FROM ${column.table} LIMIT 1)`;
    const update = `UPDATE ${column.table} SET ${column.column} = ${otherThan(column)} WHERE id = ${one}`;
    expect((await client.query(update)).rowCount).toBe(1);
    await client.query('SET CONSTRAINTS ALL IMMEDIATE');
    // Of this transaction only: events that were there before have numbers that are not new.
    const heard = await client.query('SELECT FROM change_event WHERE xmin = pg_current_xact_id()::xid');
    if (heard.rowCount === 0) unheard.push(`${column.table}.${column.column}`);
    await client.query('ROLLBACK');
  }
  expect(unheard).toEqual([]);
});
