import { Client, Pool } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { tendSignIns } from '#lib/auth/upkeep.ts';
import { openDb } from '#lib/db.ts';
import { tendTokens } from '#lib/tokens/upkeep.ts';
import { createTestDatabase } from '#testing/test-cluster.ts';
import { prepareDatabase } from './prepare.ts';
import { OWNERS_FUNCTIONS, TABLE_RIGHTS } from './rights.ts';
import { type DatabaseUrls, embeddedUrls } from './roles.ts';

let urls: DatabaseUrls;
let owner: Pool;

beforeAll(async () => {
  urls = embeddedUrls(await createTestDatabase(inject('templateDatabaseUrl')));
  owner = new Pool({ connectionString: urls.owner });
});
afterAll(() => owner.end());

/** What PostgreSQL says to a statement, of which nothing stays: the code of its error, or `done`. */
async function attempt(url: string, statement: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(statement);
    return 'done';
  } catch (error) {
    return String((error as { code?: unknown }).code);
  } finally {
    await client.end();
  }
}

/** PostgreSQL, appendix A. */
const INSUFFICIENT_PRIVILEGE = '42501';

const NOBODYS = [
  ['make a table', 'CREATE TABLE mine (id int)'],
  ['make a temporary table', 'CREATE TEMPORARY TABLE mine (id int)'],
  ['make a schema', 'CREATE SCHEMA mine'],
  ['make a function', "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'"],
  ['replace a function', "CREATE OR REPLACE FUNCTION forget_strangers() RETURNS void LANGUAGE sql AS 'SELECT'"],
  ['change a table', 'ALTER TABLE authentication_token ADD COLUMN mine int'],
  ['drop a table', 'DROP TABLE model'],
  ['drop a trigger', 'DROP TRIGGER token_deletion ON authentication_token'],
  ['switch off triggers', 'ALTER TABLE authentication_token DISABLE TRIGGER ALL'],
  ['make a trigger', 'CREATE TRIGGER mine AFTER INSERT ON gateway EXECUTE FUNCTION publish_gateway_change()'],
  ['switch off triggers for itself', "SET session_replication_role = 'replica'"],
  ['empty tokens', 'TRUNCATE authentication_token'],
  ['empty the audit', 'TRUNCATE audit_event'],
  ['change the audit', "UPDATE audit_event SET actor = 'nobody'"],
  ['delete from the audit', 'DELETE FROM audit_event'],
  ['delete what proxies must hear of', 'DELETE FROM change_event'],
  [
    'write what proxies hear of',
    "INSERT INTO change_event (kind, subject_id, revoked) VALUES ('token', gen_random_uuid(), false)",
  ],
  ['prevent that they hear of it', 'INSERT INTO change_draft (kind) VALUES (NULL)'],
  ['make accounts', 'INSERT INTO account (id) VALUES (1)'],
  ['make users', "INSERT INTO \"user\" (id, account_id, email, password_hash) VALUES (gen_random_uuid(), 1, 'a', 'b')"],
  ['move users to another account', 'UPDATE "user" SET account_id = 2'],
  ['hide a migration', 'DELETE FROM _prisma_migrations'],
  ['run a program', "COPY (SELECT 1) TO PROGRAM 'true'"],
  ['write a file', "COPY (SELECT 1) TO '/tmp/latchkey-least-rights'"],
  ['read a file', "SELECT pg_read_file('postgresql.conf')"],
  ['list files', "SELECT pg_ls_dir('.')"],
  ["read the server's log", 'SELECT pg_current_logfile()'],
  ['load a file', "COPY model FROM '/etc/passwd'"],
  ['read hashes of roles', 'SELECT rolpassword FROM pg_authid'],
  ['make a role', 'CREATE ROLE mine'],
  ['rise', 'ALTER ROLE CURRENT_USER SUPERUSER'],
  ['become the owner', 'SET ROLE latchkey'],
  ['be taken for the owner', 'SET SESSION AUTHORIZATION latchkey'],
  ['give roles', 'GRANT latchkey TO CURRENT_USER'],
  ['change the server', 'SELECT pg_reload_conf()'],
  ['install an extension', 'CREATE EXTENSION dblink'],
  ['end others', "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'latchkey'"],
] as const;

const NOT_THE_PROXYS = [
  ['give users passwords', 'UPDATE "user" SET password_hash = \'\''],
  ['read password hashes', 'SELECT password_hash FROM "user"'],
  ['read users', 'SELECT id FROM "user"'],
  ['read accounts', 'SELECT id FROM account'],
  ['read the audit', 'SELECT id FROM audit_event'],
  [
    'write the audit',
    "INSERT INTO audit_event (id, account_id, actor, action, subject_id, subject_name) VALUES (gen_random_uuid(), 1, 'a', 'b', gen_random_uuid(), 'c')",
  ],
  ['forget strangers', 'SELECT forget_strangers()'],
  ['end sessions', 'UPDATE "user" SET session_version = 2'],
  ['read sign-ins', 'SELECT key FROM sign_in_attempts'],
  ['unlock sign-ins', 'DELETE FROM sign_in_attempts'],
  ['read from where users sign in', 'SELECT network FROM sign_in_network'],
  ['read deleted tokens', 'SELECT hash FROM deleted_token'],
  ['read names of tokens', 'SELECT name FROM authentication_token'],
  ['make tokens', 'INSERT INTO authentication_token (id) VALUES (gen_random_uuid())'],
  ['enable tokens', "UPDATE authentication_token SET status = 'ACTIVE'"],
  ['give tokens another secret', "UPDATE authentication_token SET hash = ''"],
  ['delete tokens', 'DELETE FROM authentication_token'],
  ['make gateways', 'INSERT INTO gateway (id) VALUES (gen_random_uuid())'],
  ['open gateways', 'UPDATE gateway SET authenticated = false'],
  ['delete gateways', 'DELETE FROM gateway'],
  ['send keys elsewhere', "UPDATE provider SET base_url = 'https://elsewhere.example'"],
  ['make providers', 'INSERT INTO provider (id) VALUES (gen_random_uuid())'],
  ['delete providers', 'DELETE FROM provider'],
  ['make models', 'INSERT INTO model (id) VALUES (gen_random_uuid())'],
  ['delete models', 'DELETE FROM model'],
  ['count tokens', 'SELECT tokens FROM token_count'],
] as const;

test.each(NOBODYS)('neither console nor proxy can %s', async (_what, statement) => {
  expect(await attempt(urls.console, statement)).toBe(INSUFFICIENT_PRIVILEGE);
  expect(await attempt(urls.proxy, statement)).toBe(INSUFFICIENT_PRIVILEGE);
});

test.each(NOT_THE_PROXYS)('the proxy cannot %s', async (_what, statement) => {
  expect(await attempt(urls.proxy, statement)).toBe(INSUFFICIENT_PRIVILEGE);
});

test('neither enters another database of the server', async () => {
  for (const url of [urls.console, urls.proxy]) {
    for (const name of ['postgres', 'template1']) {
      const client = new Client({ connectionString: url.replace(/\/[^/]+$/, `/${name}`) });
      await expect(client.connect()).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
    }
  }
});

test('each table says who may do what with it', async () => {
  const { rows } = await owner.query("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
  expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(TABLE_RIGHTS).toSorted());
});

test('functions that run as the owner name where they look, and are called by those alone who are named', async () => {
  const { rows } = await owner.query(`
    SELECT proname AS name, proconfig AS settings, proacl::text AS rights FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prosecdef ORDER BY proname`);
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(OWNERS_FUNCTIONS).toSorted());
  for (const { name, settings, rights } of rows) {
    expect([name, settings]).toEqual([name, ['search_path=pg_catalog, public, pg_temp']]);
    const callers = (OWNERS_FUNCTIONS[name] ?? []).map((part) => `latchkey_${part}=X/latchkey`);
    expect([name, rights]).toEqual([name, `{${['latchkey=X/latchkey', ...callers].join(',')}}`]);
  }
});

test('the console has what it needs for what it does by the clock', async () => {
  const db = openDb(urls.console);
  await tendTokens(db);
  await tendSignIns(db);
  await db.$disconnect();
});

test('what a later version does not grant is taken away, and what a migration undid is done again', async () => {
  await owner.query('GRANT SELECT (password_hash), DELETE ON "user" TO latchkey_proxy');
  await owner.query('ALTER FUNCTION publish_token_change() SECURITY INVOKER');
  await owner.query('REVOKE SELECT ON gateway FROM latchkey_console');
  await prepareDatabase(urls, true);
  expect(await attempt(urls.proxy, 'SELECT password_hash FROM "user"')).toBe(INSUFFICIENT_PRIVILEGE);
  expect(await attempt(urls.console, 'SELECT * FROM gateway')).toBe('done');
  const { rows } = await owner.query("SELECT prosecdef FROM pg_proc WHERE proname = 'publish_token_change'");
  expect(rows).toEqual([{ prosecdef: true }]);
});

test('on a server of one’s own, roles without any right are given theirs by an owner who is no superuser', async () => {
  const template = new URL(inject('templateDatabaseUrl'));
  const admin = new Client({ connectionString: template.href });
  await admin.connect();
  const urlOf = (name: string) =>
    Object.assign(new URL(template), { username: name, password: 'x', pathname: '/own' }).href;
  for (const name of ['own_owner', 'own_console', 'own_proxy']) {
    await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD 'x'`);
  }
  await admin.query('CREATE DATABASE own OWNER own_owner');
  await admin.end();
  const own = { owner: urlOf('own_owner'), console: urlOf('own_console'), proxy: urlOf('own_proxy') };
  expect(await prepareDatabase(own, false)).toMatchObject({ unlimited: [] });
  // Another program's: not ours to change.
  const stranger = new Client({ connectionString: Object.assign(new URL(template), { pathname: '/own' }).href });
  await stranger.connect();
  await stranger.query('CREATE TABLE other_programs (id int)');
  await stranger.end();
  expect(await prepareDatabase(own, false)).toEqual({ applied: [], unlimited: [] });
  expect(await attempt(own.proxy, 'SELECT id FROM gateway')).toBe('done');
  expect(await attempt(own.proxy, 'SELECT name FROM gateway')).toBe(INSUFFICIENT_PRIVILEGE);
  const db = openDb(own.console);
  const ownersDb = openDb(own.owner);
  await ownersDb.account.create({ data: { id: 1 } });
  await db.gateway.create({ data: { accountId: 1, name: 'a', slug: 'user-1-a' } });
  await db.gateway.deleteMany({});
  expect(await db.changeEvent.findMany({ select: { kind: true, revoked: true } })).toEqual([
    { kind: 'gateway', revoked: true },
  ]);
  await db.$disconnect();
  await ownersDb.$disconnect();
});

test('one role for everything works as it did, and is told of; so is a superuser', async () => {
  const { owner: one } = urls;
  expect(await prepareDatabase({ owner: one, console: one, proxy: one }, false)).toMatchObject({
    unlimited: ['console', 'proxy'],
  });
  expect(await prepareDatabase({ ...urls, console: one }, false)).toMatchObject({ unlimited: ['console'] });
  expect(await attempt(one, 'SELECT * FROM "user"')).toBe('done');
});
