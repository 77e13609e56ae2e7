import type { Client } from 'pg';
import { type DatabaseUrls, PARTS, type Part, readRole } from './roles.ts';

/** Who may do what, as GRANT puts it; whoever is not named may do nothing. */
type Rights = Partial<Record<Part, string>>;

const ALL = 'SELECT, INSERT, UPDATE, DELETE';

/**
 * Of every table. The proxy reads the columns that a call is judged by, and writes what it alone keeps. Locking a row
 * (`FOR UPDATE`) needs the right to change a column of it.
 */
export const TABLE_RIGHTS: Record<string, Rights> = {
  account: {},
  user: { console: 'SELECT, UPDATE (password_hash, session_version)' },
  gateway: {
    console: ALL,
    proxy: `SELECT (id, account_id, slug, status, authenticated, objects_by_token, cors_origins, last_request_at),
      UPDATE (last_request_at)`,
  },
  provider: {
    console: ALL,
    proxy: `SELECT (id, gateway_id, kind, base_url, header_name, key_ciphertext, key_version, opens_management,
      first_byte_timeout_ms, idle_timeout_ms)`,
  },
  model: { console: 'SELECT, INSERT, DELETE', proxy: 'SELECT (provider_id, name)' },
  authentication_token: {
    console: ALL,
    proxy: `SELECT (id, gateway_id, hash, secret_id, previous_hash, previous_secret_id, previous_until, status,
      expires_at, last_used_at), UPDATE (last_used_at, last_used_from)`,
  },
  deleted_token: { console: ALL },
  token_count: { console: ALL },
  token_requests: { console: 'SELECT', proxy: ALL },
  upstream_object: { proxy: ALL },
  // Nobody changes what was recorded.
  audit_event: { console: 'SELECT, INSERT' },
  sign_in_attempts: { console: ALL },
  sign_in_network: { console: ALL },
  // Written by triggers, and by them alone: what is in it was done.
  change_event: { console: 'SELECT', proxy: 'SELECT' },
  change_draft: {},
  proxy_member: { console: 'SELECT', proxy: ALL },
  _prisma_migrations: {},
};

const SEQUENCE_RIGHTS: Record<string, Rights> = {
  token_count_id_seq: { console: 'USAGE' },
  change_event_id_seq: { proxy: 'SELECT' },
};

/** Functions that run with the rights of the tables' owner, and who may call them. Triggers call those of nobody. */
export const OWNERS_FUNCTIONS: Record<string, readonly Part[]> = {
  forget_old_changes: ['proxy'],
  forget_strangers: ['console'],
  publish_token_deletion: [],
  publish_token_change: [],
  publish_gateway_deletion: [],
  publish_gateway_change: [],
  publish_provider_change: [],
  publish_model_change: [],
  publish_draft: [],
  count_created_tokens: [],
  count_deleted_tokens: [],
  count_changed_tokens: [],
};

/**
 * Gives console and proxy the rights of these tables, and takes from them all others. It is done anew after each
 * migration, which may have made tables, or functions again.
 *
 * @param client connected as the owner of all tables.
 * @returns those whose role is a superuser or may become the owner: rights do not limit them.
 */
export async function grantRights(client: Client, urls: DatabaseUrls): Promise<Part[]> {
  const unlimited: Part[] = [];
  const roles = new Map<Part, string>();
  for (const part of PARTS) {
    const role = urls[part] === urls.owner ? null : await readRole(urls[part]);
    if (role === null || (await isUnlimited(client, role))) unlimited.push(part);
    else roles.set(part, client.escapeIdentifier(role));
  }
  const taken = takeAll(roles, await listOwnRelations(client));
  // In one go: those that work meanwhile miss nothing.
  await client.query(['BEGIN', ...lockFunctions(), ...taken, ...grantAll(roles), 'COMMIT'].join(';\n'));
  return unlimited;
}

async function isUnlimited(client: Client, role: string): Promise<boolean> {
  const question = "SELECT pg_has_role($1, current_user, 'MEMBER') AS yes";
  const { rows } = await client.query<{ yes: boolean }>(question, [role]);
  return rows[0]?.yes ?? true;
}

/** As REVOKE names them. There may be others of other programs, whose rights are not ours to take. */
async function listOwnRelations(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || oid::regclass AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relowner = current_user::regrole AND relkind IN ('r', 'v', 'm', 'p', 'S')`);
  return rows.map(({ name }) => name);
}

/** A function that runs as its owner must find its tables, and not what its caller puts before them. */
function lockFunctions(): string[] {
  const names = Object.keys(OWNERS_FUNCTIONS).map((name) => `public.${name}()`);
  return [
    // Before version 15 of PostgreSQL everybody could make tables there, and functions that are found by their names.
    'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
    ...names.map((name) => `ALTER FUNCTION ${name} SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp`),
    `REVOKE ALL ON FUNCTION ${names.join(', ')} FROM PUBLIC`,
  ];
}

/** The same role may work for both, so this comes before anything is granted. */
function takeAll(roles: ReadonlyMap<Part, string>, relations: readonly string[]): string[] {
  const functions = Object.keys(OWNERS_FUNCTIONS).map((name) => `FUNCTION public.${name}()`);
  const taken = ['SCHEMA public', ...relations, ...functions];
  return [...new Set(roles.values())].flatMap((role) => taken.map((name) => `REVOKE ALL ON ${name} FROM ${role}`));
}

function grantAll(roles: ReadonlyMap<Part, string>): string[] {
  return [...roles].flatMap(([part, role]) => [
    `GRANT USAGE ON SCHEMA public TO ${role}`,
    ...grantsOf('TABLE', TABLE_RIGHTS, part, role),
    ...grantsOf('SEQUENCE', SEQUENCE_RIGHTS, part, role),
    ...Object.entries(OWNERS_FUNCTIONS)
      .filter(([, callers]) => callers.includes(part))
      .map(([name]) => `GRANT EXECUTE ON FUNCTION public.${name}() TO ${role}`),
  ]);
}

function grantsOf(kind: string, rights: Record<string, Rights>, part: Part, role: string): string[] {
  return Object.entries(rights).flatMap(([name, { [part]: right }]) =>
    right === undefined ? [] : [`GRANT ${right} ON ${kind} public."${name}" TO ${role}`],
  );
}
