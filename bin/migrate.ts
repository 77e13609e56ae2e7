import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { applyMigrations, writeMigrationSql } from '#lib/database/migrations.ts';
import { env } from '#lib/env.ts';
import { openDatabase } from '#lib/start/database.ts';

const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { create: { type: 'string' } } });

if (values.create) await createMigration(values.create);
else await migrate();

/** Applies what is missing to DATABASE_URL; `npm start` does so by itself. */
async function migrate(): Promise<void> {
  const { DATABASE_URL } = env();
  if (!DATABASE_URL) {
    console.error('DATABASE_URL must be set to a postgresql:// URL; the embedded database is migrated by `npm start`.');
    process.exitCode = 1;
    return;
  }
  const applied = await applyMigrations(DATABASE_URL);
  console.log(applied.length ? `Applied ${applied.join(', ')}` : 'Nothing to apply.');
}

/** Writes what was changed in the schema since the last commit as a migration. */
async function createMigration(name: string): Promise<void> {
  const committed = execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], { encoding: 'utf8', cwd: root });
  // The engine wants a connection, whatever it is to do.
  const database = await openDatabase(env(), path.join(root, '.latchkey-migration'));
  const sql = await writeMigrationSql(database.url, committed);
  await database.close();
  const timestamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const directory = path.join(root, 'prisma/migrations', `${timestamp}_${name}`);
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'migration.sql'), sql);
  console.log(`Wrote ${directory}`);
}
