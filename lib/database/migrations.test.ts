import { Client } from 'pg';
import { expect, inject, test } from 'vitest';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { applyMigrations, writeMigrationSql } from './migrations.ts';

/** What Prisma's schema language has no words for. */
const BEYOND_SCHEMA = [
  'CREATE INDEX authentication_token_by_search_key ON authentication_token USING btree (gateway_id, search_key, id) INCLUDE (status_rank)',
  'CREATE INDEX authentication_token_by_created_at ON authentication_token USING btree (gateway_id, created_at, id) INCLUDE (search_key)',
  'CREATE INDEX authentication_token_by_status ON authentication_token USING btree (gateway_id, status_rank, created_at, id) INCLUDE (search_key)',
  'CREATE INDEX authentication_token_name_windows ON authentication_token USING gin (name_windows(search_key))',
  'CREATE INDEX authentication_token_by_last_used ON authentication_token USING btree (gateway_id, last_used_at NULLS FIRST, created_at, id) INCLUDE (search_key, status_rank)',
  'CREATE INDEX authentication_token_expiring_idx ON authentication_token USING btree (expires_at) WHERE (status_rank <> 2)',
  'CREATE INDEX authentication_token_previous_until_idx ON authentication_token USING btree (previous_until) WHERE (previous_until IS NOT NULL)',
  'change_draft draft_publication TRIGGER DEFERRABLE INITIALLY DEFERRED',
  "CREATE INDEX audit_event_of_strangers ON audit_event USING btree (at) WHERE (action = ANY (ARRAY['user.sign_in_failed'::text, 'user.sign_in_locked'::text]))",
];

test('the migrations make exactly what schema.prisma says, and what it cannot say', async () => {
  const migrated = await createTestDatabase(inject('templateDatabaseUrl'));
  const fresh = new URL(migrated);
  fresh.searchParams.set('options', '-c search_path=fresh');
  const client = new Client({ connectionString: fresh.href });
  await client.connect();
  try {
    await client.query('CREATE SCHEMA fresh');
    await client.query((await writeMigrationSql(migrated, null)).replaceAll('"public"', '"fresh"'));
    // Lists of Prisma's may be null.
    await client.query('ALTER TABLE fresh.gateway ALTER COLUMN cors_origins SET NOT NULL');
    const described = [...(await describe(client, 'fresh')), ...BEYOND_SCHEMA].sort();
    expect(described).toEqual(await describe(client, 'public'));
  } finally {
    await client.end();
  }
});

test('ten processes that migrate at once apply each migration once', async () => {
  const template = new URL(inject('templateDatabaseUrl'));
  const admin = new Client({ connectionString: template.href });
  await admin.connect();
  await admin.query('CREATE DATABASE migrated_at_once');
  await admin.end();
  template.pathname = '/migrated_at_once';
  const applied = await Promise.all(Array.from({ length: 10 }, () => applyMigrations(template.href)));
  const names = applied.flat();
  expect(names.length).toBeGreaterThan(0);
  expect(new Set(names).size).toBe(names.length);
});

/** Columns, indexes, constraints and enum values of a schema, without the schema's name. */
async function describe(client: Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `SELECT concat_ws(' ', 'column', table_name, column_name, udt_name, is_nullable, column_default) AS line
       FROM information_schema.columns WHERE table_schema = $1 AND table_name <> '_prisma_migrations'
     UNION SELECT indexdef FROM pg_indexes WHERE schemaname = $1 AND tablename <> '_prisma_migrations'
     UNION SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(c.oid)) FROM pg_constraint c
       WHERE connamespace = $1::regnamespace AND conrelid::regclass::text NOT LIKE '%_prisma_migrations'
     UNION SELECT concat_ws(' ', 'enum', typname, enumlabel, enumsortorder) FROM pg_enum
       JOIN pg_type t ON t.oid = enumtypid WHERE typnamespace = $1::regnamespace`,
    [schema],
  );
  return rows.map((row) => row.line.replaceAll(`${schema}.`, '').replaceAll('public.', '')).sort();
}
