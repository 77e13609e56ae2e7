import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeMigrationSql } from '#lib/database/migrations.ts';
import { prepareDatabase } from '#lib/database/prepare.ts';
import { ConfigurationError, env } from '#lib/env.ts';
import { runToEnd } from '#lib/process/run-to-end.ts';
import { externalUrls, openDatabase } from '#lib/start/database.ts';
import { warnOfUnlimited } from '#lib/start/role-warning.ts';

const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { create: { type: 'string' } } });

const { create } = values;
await runToEnd(() => (create ? createMigration(create) : migrate()));

/** Applies what is missing to a database of one's own, and gives its roles their rights; `npm start` does so by itself. */
async function migrate(): Promise<number> {
  const urls = externalUrls(env());
  if (!urls) {
    throw new ConfigurationError(
      'DATABASE_URL must be set to a postgresql:// URL; the embedded database is migrated by `npm start`.',
    );
  }
  const { applied, unlimited } = await prepareDatabase(urls, false);
  console.log(applied.length ? `Applied ${applied.join(', ')}` : 'Nothing to apply.');
  warnOfUnlimited(unlimited);
  return 0;
}

/** Writes what was changed in the schema since the last commit as a migration. */
async function createMigration(name: string): Promise<number> {
  const committed = execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], { encoding: 'utf8', cwd: root });
  // The engine wants a connection, whatever it is to do.
  const database = await openDatabase(env(), path.join(root, '.latchkey-migration'));
  const sql = await writeMigrationSql(database.urls.owner, committed);
  await database.close();
  const timestamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const directory = path.join(root, 'prisma/migrations', `${timestamp}_${name}`);
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'migration.sql'), sql);
  console.log(`Wrote ${directory}`);
  return 0;
}
