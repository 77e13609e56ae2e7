import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import { Client, Pool } from 'pg';

const prismaDir = path.resolve(import.meta.dirname, '../../prisma');
const migrationsDir = path.join(prismaDir, 'migrations');

/** Any constant will do; it only has to differ from other users of advisory locks in the same database. */
const MIGRATION_LOCK_ID = 7_203_419;

/**
 * Applies the migrations that the database has not seen, in order of name, and records them in
 * `_prisma_migrations` as `prisma migrate deploy` would. The Prisma CLI is not used because its engine is a
 * download; the same engine comes as WebAssembly from npm.
 *
 * @param finish what else is to be done by one process at a time, with its connection.
 * @returns the names of the migrations applied now.
 * @throws what PostgreSQL or the engine throws; the failed migration is marked as such.
 */
export async function applyMigrations(
  databaseUrl: string,
  finish: (client: Client) => Promise<void> = async () => {},
): Promise<string[]> {
  const lock = new Client({ connectionString: databaseUrl });
  await lock.connect();
  try {
    // Two processes that start at once must not both apply a migration.
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK_ID]);
    const migrationsList = await readMigrations();
    const applied = await withEngine(databaseUrl, async (engine) => {
      const result = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
      return result.appliedMigrationNames;
    });
    await finish(lock);
    return applied;
  } finally {
    await lock.end();
  }
}

/** SQL that takes a database from the schema `from` (text of a `schema.prisma`; null: empty) to today's. */
export async function writeMigrationSql(databaseUrl: string, from: string | null): Promise<string> {
  const [file, content] = await readSchema();
  return withEngine(databaseUrl, async (engine) => {
    const result = await engine.diff({
      from: from === null ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: [{ path: file, content: from }] },
      to: { tag: 'schemaDatamodel', files: [{ path: file, content }] },
      script: true,
      exitCode: false,
      filters: NO_FILTERS,
    });
    return result.stdout ?? '';
  });
}

const NO_FILTERS = { externalTables: [], externalEnums: [] };

async function withEngine<T>(databaseUrl: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  // The engine does not close its connections, so it gets a pool that is closed here.
  const pool = new Pool({ connectionString: databaseUrl });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScriptAdapter(pool));
    return await work(await SchemaEngine.new({ datamodels: [await readSchema()] }, () => {}, adapter));
  } finally {
    await pool.end();
  }
}

/** Prisma's adapter cuts scripts at each semicolon, also inside functions. PostgreSQL takes a script as it is. */
class WholeScriptAdapter extends PrismaPg {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await this.#pool.query(script);
    };
    return adapter;
  }
}

async function readSchema(): Promise<[string, string]> {
  const file = path.join(prismaDir, 'schema.prisma');
  return [file, await readFile(file, 'utf8')];
}

async function readMigrations() {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: migrationsDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(path.join(migrationsDir, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  };
}
