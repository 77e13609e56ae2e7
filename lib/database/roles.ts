import { createHmac } from 'node:crypto';
import { Client } from 'pg';

/** Who works with the database when it is migrated. */
export type Part = 'console' | 'proxy';

export const PARTS: readonly Part[] = ['console', 'proxy'];

/** Connection strings: of the role that owns all tables and migrates them, and of those that work with them. */
export type DatabaseUrls = Readonly<Record<'owner' | Part, string>>;

/**
 * Connection strings for the roles of an embedded database. Their passwords are derived from the owner's, so that there
 * is one to keep, and none of them tells another.
 */
export function embeddedUrls(owner: string): DatabaseUrls {
  return { owner, console: urlOf(owner, 'console'), proxy: urlOf(owner, 'proxy') };
}

function urlOf(owner: string, part: Part): string {
  const url = new URL(owner);
  url.password = createHmac('sha256', url.password).update(`latchkey/database-role/${part}`).digest('base64url');
  url.username = `latchkey_${part}`;
  return url.href;
}

/**
 * Makes the roles of an embedded database, or makes them again what they were. Nobody else may enter its databases.
 *
 * @param client connected as its owner, a superuser.
 */
export async function makeEmbeddedRoles(client: Client, urls: DatabaseUrls): Promise<void> {
  for (const part of PARTS) {
    const { username, password } = new URL(urls[part]);
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [username]);
    if (rowCount === 0) await client.query(`CREATE ROLE ${username}`);
    await client.query(
      `ALTER ROLE ${username} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
       PASSWORD ${client.escapeLiteral(password)}`,
    );
  }
  const { pathname } = new URL(urls.owner);
  await client.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
  await closeDatabase(client, pathname.slice(1));
}

/** Lets only console and proxy connect to a database of an embedded server, and neither make temporary tables there. */
export async function closeDatabase(client: Client, name: string): Promise<void> {
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${name} TO latchkey_console, latchkey_proxy`);
}

/** The role that a connection has. It need not be the user in the connection string: poolers map names. */
export async function readRole(databaseUrl: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: string }>('SELECT current_user AS role');
    return rows[0]?.role ?? '';
  } finally {
    await client.end();
  }
}
