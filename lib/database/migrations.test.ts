import { Client } from 'pg';
import { expect, inject, test } from 'vitest';
import { createTestDatabase } from '#e2e/support/test-cluster.ts';
import { applyMigrations, writeMigrationSql } from '#lib/database/migrations.ts';

test('the migrations make exactly what schema.prisma says', async () => {
  const migrated = await createTestDatabase(inject('templateDatabaseUrl'));
  const fresh = new URL(migrated);
  fresh.searchParams.set('options', '-c search_path=fresh');
  const client = new Client({ connectionString: fresh.href });
  await client.connect();
  try {
    await client.query('CREATE SCHEMA fresh');
    await client.query((await writeMigrationSql(migrated, null)).replaceAll('"public"', '"fresh"'));
    expect(await describe(client, 'fresh')).toEqual(await describe(client, 'public'));
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
