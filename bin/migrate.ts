import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { applyMigrations, writeMigrationSql } from '#lib/database/migrations.ts';
import { env } from '#lib/env.ts';

const { values } = parseArgs({ options: { create: { type: 'string' } } });
const { DATABASE_URL } = env();
if (!DATABASE_URL) {
  console.error('DATABASE_URL must be set to a postgresql:// URL.');
  process.exit(1);
}

if (values.create) {
  // The migration is what was changed in the schema since the last commit.
  const committed = execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], { encoding: 'utf8' });
  const timestamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const directory = path.resolve(import.meta.dirname, '../prisma/migrations', `${timestamp}_${values.create}`);
  const sql = await writeMigrationSql(DATABASE_URL, committed);
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'migration.sql'), sql);
  console.log(`Wrote ${directory}`);
} else {
  const applied = await applyMigrations(DATABASE_URL);
  console.log(applied.length ? `Applied ${applied.join(', ')}` : 'Nothing to apply.');
}
